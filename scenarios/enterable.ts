import type { PredicateWords } from '../proof/predicate.ts'
import type { ConfigSection } from '../subjects/contract/index.ts'
import type { KindNeeds } from './kind-needs.ts'
import type { Window } from './window.ts'

/** What an experiment knows of its kind. */
export interface Enterable<T, C = unknown> {
  readonly id: string
  readonly config: ConfigSection<string, C>
  readonly needs: KindNeeds
  /** By id, in the order of plans. */
  readonly predicates: ReadonlyMap<string, PredicateWords>
  /** By phrase. */
  readonly windows: ReadonlyMap<string, Window<T>>
  /** By phrase. */
  readonly variants: ReadonlyMap<string, string>
}
