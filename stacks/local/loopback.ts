import type { Endpoint } from '../../core/endpoint.ts'
import type { Listener } from '../stack.ts'
import type { Run } from './run.ts'

/** Everything of this driver listens here, and nobody else can reach it. */
export const LOOPBACK = '127.0.0.1'

/** All that this driver runs shares the loopback of this machine: whoever asks gets the same address. */
export function onLoopback(port: number): Endpoint {
  return { host: LOOPBACK, port }
}

/** Leases a port for our own process. */
export async function loopbackListener(run: Run): Promise<Listener> {
  const bind = onLoopback(await run.ports.allocate())
  return {
    bind,
    endpoint: () => bind,
    [Symbol.asyncDispose]: () => run.ports.release(bind.port),
  }
}
