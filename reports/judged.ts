import type { ScenarioJudgement } from '../proof/judgement.ts'
import { count } from './words.ts'

/** How much a predicate was asked of, over all these scenarios: events, records, commits, whatever it is about. */
export function judgedInWords(id: string, scenarios: readonly ScenarioJudgement[]): string {
  const findings = scenarios.flatMap(({ findings }) => findings.filter(({ predicate }) => predicate === id))
  const judged = findings.flatMap((finding) => (finding.kind === 'held' ? [finding.judged] : []))
  const asked = judged.filter((each) => each > 0)
  const sum = asked.reduce((total, each) => total + each, 0)
  const broken = findings.filter(({ kind }) => kind === 'violated' || kind === 'stalled').length
  if (asked.length + broken === 0) return 'nothing was there to be judged'
  const held =
    asked.length === 0 ? [] : [`held ${sum.toLocaleString('en')} times in ${count(asked.length, 'scenario')}`]
  return [...held, ...(broken === 0 ? [] : [`broken in ${count(broken, 'scenario')}`])].join(', ')
}
