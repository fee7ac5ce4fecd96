import type { Report } from './report.ts'
import { count, VERDICTS } from './words.ts'

/** `18 controls: 4 HELD, 14 NOT-PROVEN`. */
export function summary(report: Report): string {
  return `${report.controls.length} controls: ${verdictCounts(report).join(', ')}`
}

/** `4 HELD`, `14 NOT-PROVEN`; verdicts that no control has are left out. */
export function verdictCounts({ controls }: Report): string[] {
  return VERDICTS.flatMap((verdict) => {
    const n = controls.filter((each) => each.judgement.verdict === verdict).length
    return n > 0 ? [`${n} ${verdict}`] : []
  })
}

/** What was put to the test, in one line. */
export function scope({ run, verdicts }: Report): string {
  const subjects = [...new Set(verdicts.scenarios.map((each) => each.subject))]
  const scenarios = count(verdicts.scenarios.length, 'scenario')
  const of = subjects.length > 0 ? ` of ${listed(subjects)}` : ''
  const twin = run.twin === undefined ? '' : `, with the twin ${run.twin} in place of the reference service`
  return `${scenarios}${of} on the ${run.stack} stack${twin}`
}

/** `a, b and c`. */
function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
