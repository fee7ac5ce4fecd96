import type { SubjectName } from '../scenarios/experiment.ts'
import { isolationOf } from '../scenarios/isolation.ts'
import type { SubjectKinds } from '../scenarios/kinds.ts'
import type { CommonConfig } from '../subjects/contract/index.ts'
import type { Selected } from './selection.ts'

/** Why each scenario of a subject has a broker of its own; undefined where it shares one. */
export type WhyIsolated = (subject: SubjectName) => string | undefined

export function whyIsolated(kinds: SubjectKinds, config: CommonConfig): WhyIsolated {
  return ({ kind, name }) => {
    const section = kinds.get(kind)?.config
    const isolation = section && isolationOf(section, name, config)
    return isolation?.by === 'broker' ? isolation.why : undefined
  }
}

/** What a run says of it before it begins; undefined where nothing is isolated. */
export function isolationInWords(selected: readonly Selected[], why: WhyIsolated): string | undefined {
  const told = selected.flatMap(({ subject }) => {
    const reason = why(subject)
    return reason === undefined ? [] : [`${subject.name} (${reason})`]
  })
  if (told.length === 0) return undefined
  return `a broker of its own for each scenario of ${[...new Set(told)].join(', ')}`
}
