import { nearest } from '../core/nearest.ts'
import { UsageError } from '../core/usage-error.ts'
import type { SubjectKinds } from '../scenarios/kinds.ts'
import type { Vocabulary } from '../steps/vocabulary.ts'

/**
 * What can be switched off on purpose: gates and faults of all kinds of subjects, and the load.
 * @throws {UsageError} for another name
 */
export function checkFaultNames(names: readonly string[], kinds: SubjectKinds, words: Vocabulary): void {
  const windows = [...kinds.values()].flatMap(({ disarmable }) => disarmable)
  const faults = [...words.faults.values()].map(({ id }) => id)
  const known = [...new Set([...windows, ...faults, 'load'])].sort()
  for (const name of names) {
    if (name === 'all' || known.includes(name)) continue
    const close = nearest(name, known)
    throw new UsageError(`there is no fault ${name}`, {
      what: `--disarm knows ${known.join(', ')}`,
      ...(close ? { hint: `did you mean ${close}?` } : {}),
    })
  }
}
