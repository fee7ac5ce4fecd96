import type { Memory } from './memory.ts'

/** `cluster`: Kubernetes with KEDA, its node, and the broker and database beside it. */
export type Extent = 'core' | 'full' | 'cluster'

export interface Measured {
  /** Milliseconds from nothing to everything ready. */
  readonly ready: number
  /** Milliseconds from each component's start to its readiness. */
  readonly components: ReadonlyMap<string, number>
  readonly memory: ReadonlyMap<string, Memory>
}
