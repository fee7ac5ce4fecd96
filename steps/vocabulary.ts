import { exportsIn } from '../core/module-folder.ts'
import { type Fault, isFault } from '../faults/fault.ts'
import type { SubjectKind } from '../scenarios/kind.ts'
import type { SubjectKinds } from '../scenarios/kinds.ts'

/** All words that features are written in, as kinds of subjects, their windows and predicates, and faults bring them. */
export interface Vocabulary {
  readonly givens: readonly string[]
  readonly variants: readonly string[]
  readonly windows: readonly string[]
  readonly claims: readonly string[]
  /** By phrase. */
  readonly faults: ReadonlyMap<string, Fault>
  /** The predicate by which a kind of subject is judged where a feature claims this. */
  predicateOf(kind: string, claim: string): string | undefined
}

export async function vocabularyOf(kinds: SubjectKinds): Promise<Vocabulary> {
  const all = [...kinds.values()]
  const shipped = await exportsIn(new URL('../faults/', import.meta.url), isFault)
  const faults = [...shipped, ...all.flatMap((kind) => kind.faults)]
  /** Several kinds may say the same. */
  const each = (words: (kind: SubjectKind) => readonly string[]) => [...new Set(all.flatMap(words))]
  return {
    givens: each(({ given }) => [given]),
    variants: each(({ variants }) => variants),
    windows: each(({ phrases }) => phrases),
    claims: each(({ predicates }) => [...predicates.values()].flatMap(({ claim }) => claim ?? [])),
    faults: new Map(faults.map((fault) => [fault.phrase, fault])),
    predicateOf(kind, claim) {
      const predicates = kinds.get(kind)?.predicates.values() ?? []
      return [...predicates].find((predicate) => predicate.claim === claim)?.id
    },
  }
}
