import type { EventproofError } from '../core/error.ts'
import type { Fault } from '../faults/fault.ts'
import type { ScenarioPlan } from '../proof/history/plan.ts'
import type { ScenarioJudgement } from '../proof/judgement.ts'
import type { Capability } from '../stacks/stack.ts'
import type { OwnAct, OwnMoment, RunWith } from './own-steps.ts'

/** What is put to the test: a name of the config's section for its kind. */
export interface SubjectName {
  /** The kind's id. */
  readonly kind: string
  readonly name: string
}

export interface ExperimentOptions {
  readonly id: string
  readonly title: string
  readonly controls: readonly string[]
  readonly subject: string
  /** The title of its feature, where it is about no control. */
  readonly feature?: string
  /** What its services are declared to write and to read, without the topic prefix. */
  readonly topics?: NonNullable<ScenarioPlan['topics']>
  /** Of its database, topics and slot: unique in the session, lower case letters, digits and _. */
  readonly name: string
}

/** One scenario on one subject: what is to be done is collected first and then run as one piece. */
export interface Experiment {
  /** The id of its kind of subject. */
  readonly kind: string
  /** What the stack must be able to do. */
  readonly capabilities: readonly Capability[]
  /** Why the subject or its surroundings could not be brought up. */
  readonly notReady: EventproofError | undefined
  /** @throws where the config declares no such subject */
  checkSubject(): void
  /**
   * The window to be entered in each trial, by its phrase, with what the feature said in it; and what is done to the
   * subject while it is open. @throws where subjects of this kind have no such window
   */
  enter(phrase: string, words: readonly string[], faults: readonly Fault[]): void
  /** Changes how the subject is brought up. @throws where subjects of this kind know no such variant */
  vary(phrase: string): void
  /** Whether a predicate is asked of the subject in a scenario about these controls. */
  asks(predicate: string): boolean
  /** Predicates that the scenario claims, by their ids; said before it is run. */
  asserts(predicates: readonly string[]): void
  /** Code of people's own, to be run in the middle. */
  insert(moment: OwnMoment, act: OwnAct): void
  /** Runs it; called once. Whatever goes wrong is in the judgement. */
  run(how?: RunWith): Promise<ScenarioJudgement>
}
