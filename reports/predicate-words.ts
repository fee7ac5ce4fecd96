import type { Kinds } from '../proof/kind.ts'
import type { Expectation, PredicateWords } from '../proof/predicate.ts'

/** What is known of predicates, by id. Where several kinds of subjects ask the same, the first one's words are told. */
export type Predicates = ReadonlyMap<string, PredicateWords>

/** Why a subject is asked, in words. */
export const BECAUSE: Readonly<Record<Expectation, string>> = {
  guide: 'promised by the guide',
  declared: 'declared in the config',
  practice: 'good practice, not promised',
}

export function predicatesOf(kinds: Kinds): Predicates {
  const all = new Map<string, PredicateWords>()
  for (const kind of kinds.values())
    for (const [id, words] of kind.predicates) if (!all.has(id)) all.set(id, words)
  return all
}

/** Controls whose promise a violation breaks, by the predicate that found it. */
export function controlsBroken(
  { predicate, name }: { readonly predicate: string; readonly name: string },
  predicates: Predicates,
): readonly string[] {
  const words = predicates.get(predicate)
  return words?.violations[name]?.controls ?? words?.controls ?? []
}

/** The predicates that judge a control, in the order of their kinds. */
export function judging(control: string, predicates: Predicates): PredicateWords[] {
  return [...predicates.values()].filter((words) => judges(words, control))
}

/** Whether a predicate judges a control: with all that it finds, or with one of its violations. */
export function judges({ controls, alsoFor = [], violations }: PredicateWords, control: string): boolean {
  return (
    controls.includes(control) ||
    alsoFor.includes(control) ||
    Object.values(violations).some((violation) => violation.controls?.includes(control))
  )
}
