import type { Finding } from './finding.ts'

/** A predicate over a view of a history. Pure: no clock, no I/O, no state between calls. */
export interface Predicate<View> {
  /** The predicate's id in docs/predicates.md: OA1, …, PS1. */
  readonly id: string
  /** One sentence for the report: what is held when it holds. */
  readonly promise: string
  /** Names of the violations that it can find. */
  readonly names: readonly string[]
  /** What the subject does not declare, in words, where the predicate has nothing to ask of it whatever happens. */
  undeclared?(view: View): string | undefined
  check(view: View): Finding
}
