import type { Window } from './window.ts'

/** What an experiment knows of its kind. */
export interface Enterable<T> {
  readonly id: string
  /** Ids, in the order of plans. */
  readonly predicates: readonly string[]
  /** By phrase. */
  readonly windows: ReadonlyMap<string, Window<T>>
  /** By phrase. */
  readonly variants: ReadonlyMap<string, string>
}
