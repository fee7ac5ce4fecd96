import type { GateName } from './gate-name.ts'

/** What a window may put to the test; kinds of subjects add their own. */
// biome-ignore lint/suspicious/noEmptyInterface: kinds add to it
export interface Traits {}

export type Trait = keyof Traits

/** What a scenario set out to do; each kind of subject adds what it declares, and its bounds. */
export interface ScenarioPlan {
  readonly id: string
  /** The kind of its subject, by the name of its room. */
  readonly kind: string
  readonly title: string
  readonly controls: readonly string[]
  /** The title of its feature, where it is about no control. */
  readonly feature?: string
  /** Windows to be entered, each `trials` times. Empty for a control run. */
  readonly windows: readonly string[]
  readonly trials: number
  /** What its windows put to the test, where a predicate or a guard has to know. */
  readonly traits: readonly Trait[]
  /** Faults that this scenario injects, by name: each must have taken effect. */
  readonly faults: readonly string[]
  /** Gates that it closes: a backend must have waited at each. */
  readonly gates: readonly GateName[]
  /** Predicates by id: OA1, IC1, SZ1, … */
  readonly predicates: readonly string[]
  /** Those of them that the scenario claims, by name. */
  readonly asserted?: readonly string[]
  /** What the config declares by which the subject never gets there, in words: nothing is run. */
  readonly excluded?: string
  /** What its services are declared to write and to read; absent in runs of former versions. */
  readonly topics?: { readonly writes: readonly string[]; readonly reads: readonly string[] }
  readonly seed: string
  /** Faults and gates that were switched off on purpose (`--disarm`). */
  readonly disarmed: readonly string[]
  /** Keys, events or amounts that the scenario treats apart: the gate's key, the poison's key. */
  readonly marked: readonly string[]
}
