import { exportsIn } from '../core/module-folder.ts'
import { type Fault, isFault } from '../faults/fault.ts'
import type { SubjectKind } from '../scenarios/kind.ts'
import { loadKinds } from '../scenarios/kinds.ts'

const kinds = [...(await loadKinds()).values()]
const faults = await exportsIn(new URL('../faults/', import.meta.url), isFault)

/** All words that features are written in, as the kinds of subjects, their windows and predicates, and the faults bring them. */
export const VOCABULARY = {
  givens: each(({ given }) => [given]),
  variants: each(({ variants }) => variants),
  windows: each(({ phrases }) => phrases),
  claims: each(({ predicates }) => [...predicates.values()].flatMap(({ claim }) => claim ?? [])),
  faults: new Map<string, Fault>(faults.map((fault) => [fault.phrase, fault])),
}

/** The predicate that a kind of subject is judged by where a feature claims this. */
export function predicateOf(kind: string, claim: string): string | undefined {
  const { predicates } = kinds.find(({ id }) => id === kind) ?? {}
  return [...(predicates?.values() ?? [])].find((predicate) => predicate.claim === claim)?.id
}

/** Several kinds may say the same. */
function each(words: (kind: SubjectKind) => readonly string[]): readonly string[] {
  return [...new Set(kinds.flatMap(words))]
}
