import type { Memory } from './memory.ts'

export type Extent = 'core' | 'full'

export interface Measured {
  /** Milliseconds from nothing to everything ready. */
  readonly ready: number
  /** Milliseconds from each component's start to its readiness. */
  readonly components: ReadonlyMap<string, number>
  readonly memory: ReadonlyMap<string, Memory>
}
