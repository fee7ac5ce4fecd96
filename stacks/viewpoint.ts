import type { Endpoint } from '../core/endpoint.ts'

/**
 * Who asks for an address: `host`, our own process; `service`, what the stack runs beside its components (a service
 * under test, a connector in Connect); `cluster`, a pod.
 */
export type Viewpoint = 'host' | 'service' | 'cluster'

/** A port of our own process: for stubs, webhooks and the wire proxy. Disposing gives it back; it is closed before. */
export interface Listener extends AsyncDisposable {
  /** Where our process listens. */
  readonly bind: Endpoint
  /** How others reach it. */
  endpoint(from: Viewpoint): Endpoint
}
