import { type Brand, brand } from '../core/brand.ts'
import type { Finding } from './finding.ts'
import type { Mutation } from './mutation.ts'

/**
 * Why a subject is asked: the guide promises it, its config declares it, or it is good practice. What is good practice
 * only was never promised: a finding of it is an advice, and no verdict.
 */
export type Expectation = 'guide' | 'declared' | 'practice'

/** What a reader is told of a predicate: steps, tables, reports and docs are derived from it. */
export interface PredicateWords {
  /** OA1, …, PS1: letters name the family. */
  readonly id: string
  /** Two or three words. */
  readonly title: string
  /** The words by which Gherkin claims it: a `Then`. Without them it is judged in every scenario and claimed by none. */
  readonly claim?: string
  /** One sentence for a reviewer: what is so where it holds. */
  readonly promise: string
  /** The formal statement, as in docs/predicates.md. */
  readonly formal: string
  /** Default 'guide'. */
  readonly expectation?: Expectation
  /** The controls whose promise a violation breaks, whatever scenario it was found in. */
  readonly controls: readonly string[]
  /** Controls that it counts for as well, in their own scenarios. */
  readonly alsoFor?: readonly string[]
  /**
   * Judged only in scenarios about one of its controls: elsewhere nobody asked. For what many services were never meant
   * to do, and are good services all the same.
   */
  readonly onlyWhereAsked?: true
  /** Where it found nothing to judge: what is needed for that. Its controls are VACUOUS then. */
  readonly needs?: string
  /** By name. */
  readonly violations: Readonly<Record<string, Violation>>
}

/** Whether a scenario about these controls asks for it. */
export function isAsked(
  { controls, onlyWhereAsked }: Pick<PredicateWords, 'controls' | 'onlyWhereAsked'>,
  of: readonly string[],
): boolean {
  return onlyWhereAsked !== true || controls.some((control) => of.includes(control))
}

export interface Violation {
  /** When it is called so, where the name alone does not say it. */
  readonly means?: string
  /** In the place of the predicate's. */
  readonly controls?: readonly string[]
  /** Names of what follows from it: this one is the headline. */
  readonly leadsTo?: readonly string[]
  /** Controls of which nothing can be told any more where it was found. */
  readonly clouds?: readonly string[]
}

export interface PredicateDefinition<View> extends PredicateWords {
  /** What the subject does not declare, in words, where the predicate has nothing to ask of it whatever happens. */
  undeclared?(view: View): string | undefined
  check(view: View): Finding
  /** This very history, changed so that it must be found. */
  readonly mutation: Mutation<View>
}

/** A predicate over a view of a history. Pure: no clock, no I/O, no state between calls. */
export interface Predicate<View> extends PredicateDefinition<View> {
  /** Names of the violations that it can find. */
  readonly names: readonly string[]
}

/** How predicates over one sort of view are written and found: `predicate({ … })`, exported by a file of its own. */
export function predicatesOver<View>(): {
  readonly predicate: (definition: PredicateDefinition<View>) => Predicate<View>
  readonly isPredicate: Brand<Predicate<View>>['is']
} {
  const { make, is } = brand<Predicate<View>>()
  return {
    predicate: (definition) => make({ ...definition, names: Object.keys(definition.violations) }),
    isPredicate: is,
  }
}

/** What has to be there for a predicate to have something to judge. */
export function neededBy({ needs }: Pick<PredicateWords, 'needs'>): string {
  return needs ?? NOTHING_SAID
}

const NOTHING_SAID =
  'docs/predicates.md says what it is about, and docs/subject-contract.md what has to be declared for that to be seen'
