import type { RunRecord } from '../proof/judgement.ts'
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

/**
 * Scenarios of controls that no selected one is about, for no subject declares what they are about: what to declare.
 * @param controls those that are asked for
 */
export function notDeclared(
  { pickles, controls }: { readonly pickles: readonly Pickle[]; readonly controls: readonly string[] },
  selected: readonly { readonly controls: readonly string[] }[],
  kinds: SubjectKinds,
  config: CommonConfig,
): RunRecord['notProven'] {
  const judged = new Set(selected.flatMap(({ controls }) => controls))
  return controls.flatMap((control) => {
    if (judged.has(control)) return []
    return pickles
      .filter(({ tags }) => tags.includes(control))
      .flatMap((pickle) => {
        const fields = undeclaredFor([pickle], kinds, config, []).map(({ field }) => field)
        if (fields.length === 0) return []
        const because = `the config does not declare ${fields.join(' or ')}`
        return [{ scenario: pickle.title, controls: [control], capability: 'declaration', because }]
      })
  })
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

/** What was asked for and is not selected, a line for each reason. @param idle words that select nothing beside others */
export function unselectedInWords(undeclared: readonly Undeclared[], idle: readonly string[]): string[] {
  return [
    ...(undeclared.length > 0 ? [undeclaredInWords(undeclared)] : []),
    ...(idle.length > 0
      ? [
          `nothing is selected by ${idle.join(', ')}: no scenario of it is about the subjects of this run; \`prove --list\` shows what there is about them`,
        ]
      : []),
  ]
}
