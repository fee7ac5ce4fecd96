import type { Finding } from '../../../proof/finding.ts'
import { held } from '../../../proof/findings.ts'
import type { Backlog } from '../view/backlog.ts'

/** What a predicate says of all backlogs: what is wrong with one of them, else what is not known of one. */
export function overBacklogs(
  id: string,
  backlogs: readonly Backlog[],
  check: (backlog: Backlog) => Finding,
): Finding {
  const findings = backlogs.map(check)
  const wrong = findings.find(({ kind }) => kind === 'violated' || kind === 'stalled')
  const worst = wrong ?? findings.find(({ kind }) => kind === 'unknown')
  if (worst !== undefined) return worst
  return held(
    id,
    findings.reduce((sum, finding) => sum + (finding.kind === 'held' ? finding.judged : 0), 0),
  )
}
