import type { RunRecord, ScenarioJudgement, Verdicts, Waived, WaiverJudgement } from '../proof/judgement.ts'
import { type VerdictName, worst } from '../proof/verdict.ts'
import { isOver } from './attestations.ts'

/** What became of each waiver. A violation stays one. */
export function waiversJudged(
  { waivers, endedAt }: Pick<RunRecord, 'waivers' | 'endedAt'>,
  scenarios: readonly ScenarioJudgement[],
): readonly WaiverJudgement[] | undefined {
  return waivers?.map((waiver): WaiverJudgement => {
    const found = scenarios.some(({ subject, violations }) =>
      violations.some(({ name }) => covers(waiver, subject, name)),
    )
    const state = !found ? 'not found' : isOver(waiver.until, endedAt) ? 'expired' : 'in force'
    return { ...waiver, state }
  })
}

export function covers(waiver: Waived, subject: string, violation: string): boolean {
  return waiver.violation === violation && waiver.subject === subject
}

/** The waiver in force of a violation. */
export function waiverOf(
  { waivers = [] }: Pick<Verdicts, 'waivers'>,
  subject: string,
  violation: string,
): WaiverJudgement | undefined {
  return waivers.find((waiver) => waiver.state === 'in force' && covers(waiver, subject, violation))
}

/** Scenarios that speak against nothing by themselves. */
const QUIET: readonly VerdictName[] = ['HELD', 'NOT-PROVEN', 'NOT-APPLICABLE']

/**
 * The verdict without what is waived: where one violation is not, it is what it was. What only explains itself by a
 * waived violation counts no more; every doubt does, and a run that was interrupted proves nothing.
 */
export function besidesWaived(verdicts: Verdicts): VerdictName {
  const { verdict, scenarios, controls, interrupted } = verdicts
  if (verdict !== 'VIOLATED' && verdict !== 'STALLED') return verdict
  const waived = ({ subject, violations }: ScenarioJudgement) =>
    violations.length > 0 && violations.every(({ name }) => waiverOf(verdicts, subject, name) !== undefined)
  const rest = scenarios.filter((scenario) => !waived(scenario))
  const broken = rest.some(({ violations }) => violations.length > 0)
  if (broken || interrupted || rest.length === scenarios.length) return verdict
  const doubts = controls.filter((each) => each.verdict === 'INCONCLUSIVE' || each.verdict === 'VACUOUS')
  const loud = rest.filter((scenario) => !QUIET.includes(scenario.verdict))
  return worst(['HELD', ...[...doubts, ...loud].map((each) => each.verdict)])
}
