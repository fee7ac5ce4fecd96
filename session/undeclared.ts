import type { SubjectKind } from '../scenarios/kind.ts'
import type { SubjectKinds } from '../scenarios/kinds.ts'
import type { CommonConfig } from '../subjects/contract/index.ts'
import type { Pickle } from './pickle.ts'

/** Scenarios that were asked for and are not about a subject, for a field that it does not declare. */
export interface Undeclared {
  /** Its place in the config: `consumers.fulfillment.retry`. */
  readonly field: string
  readonly scenarios: number
}

/** @param wanted what was asked for @param only names of subjects; empty: all */
export function undeclaredFor(
  wanted: readonly Pickle[],
  kinds: SubjectKinds,
  config: CommonConfig,
  only: readonly string[],
): readonly Undeclared[] {
  const count = new Map<string, number>()
  for (const { steps, tags } of wanted) {
    const about = [...kinds.values()].filter(({ given }) => steps.some(({ text }) => text === given))
    for (const field of about.flatMap((kind) => lackedBy(kind, tags, config, only)))
      count.set(field, (count.get(field) ?? 0) + 1)
  }
  return [...count].map(([field, scenarios]) => ({ field, scenarios }))
}

function lackedBy(
  kind: SubjectKind,
  tags: readonly string[],
  config: CommonConfig,
  only: readonly string[],
): string[] {
  const { name: section } = kind.config
  return Object.keys(kind.config.of(config))
    .filter((name) => only.length === 0 || only.includes(name))
    .flatMap((name) => kind.lacks(tags, name, config).map((field) => `${section}.${name}.${field}`))
}

/** For the reader of a run: what to declare, and what that would prove. */
export function undeclaredInWords(undeclared: readonly Undeclared[]): string {
  const fields = undeclared.map(
    ({ field, scenarios }) => `${field} (${scenarios} scenario${scenarios === 1 ? '' : 's'})`,
  )
  return `not asked, for the config does not declare it: ${fields.join(', ')}; docs/subject-contract.md says what each of them means`
}
