import type { EventproofError } from '../core/error.ts'
import type { ScenarioJudgement } from '../proof/judgement.ts'
import type { Capability } from '../stacks/stack.ts'

export type SubjectKind = 'publisher' | 'consumer' | 'scaling'

/** What is put to the test: a name of the config's `publishers`, `consumers` or `scaling`. */
export interface SubjectName {
  readonly kind: SubjectKind
  readonly name: string
}

export interface ExperimentOptions {
  readonly id: string
  readonly title: string
  readonly controls: readonly string[]
  readonly subject: string
  /** Of its database, topics and slot: unique in the run, lower case letters, digits and _. */
  readonly name: string
}

/** One scenario on one subject: what is to be done is collected first and then run as one piece. */
export interface Experiment {
  /** What the stack must be able to do. */
  readonly capabilities: readonly Capability[]
  /** Why the subject or its surroundings could not be brought up. */
  readonly notReady: EventproofError | undefined
  /** Predicates that the scenario claims, by their ids; said before it is run. */
  asserts(predicates: readonly string[]): void
  /**
   * Runs once; every call resolves with the same judgement. Whatever goes wrong is in the judgement.
   * @param spoiled why it must not be run, if it has not been: it is INCONCLUSIVE then
   */
  run(spoiled?: string): Promise<ScenarioJudgement>
}
