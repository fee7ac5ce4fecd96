import type { VerdictName } from '../../proof/verdict.ts'
import { type Case, type Suite, suitesOf } from '../cases.ts'
import { escaped } from '../html/template.ts'
import { oneLine } from '../payload.ts'
import type { Report } from '../report.ts'
import { format } from './format.ts'

/**
 * JUnit for CI: VIOLATED and STALLED are failures, INCONCLUSIVE and VACUOUS errors, NOT-PROVEN and NOT-APPLICABLE are skipped.
 */
export const junit = format({ file: 'junit.xml', of: junitOf })

export function junitOf(report: Report): string {
  const suites = suitesOf(report)
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${attribute(`eventproof ${report.run.id}`)}" ${totals(suites.flatMap((each) => each.cases))}>
${suites.map(suite).join('\n')}
</testsuites>
`
}

function suite({ name, cases }: Suite): string {
  return `  <testsuite name="${attribute(name)}" ${totals(cases)}>
${cases.map((each) => caseXml(name, each)).join('\n')}
  </testsuite>`
}

function caseXml(suiteName: string, { name, verdict, reason, milliseconds, lines }: Case): string {
  const tag = TAG[verdict]
  const outcome =
    tag === undefined
      ? ''
      : `      <${tag} message="${attribute(`${verdict}${reason && `: ${reason}`}`)}"${tag === 'skipped' ? '' : ` type="${verdict}"`}/>\n`
  const output =
    lines.length === 0 ? '' : `      <system-out>${escaped(lines.map(oneLine).join('\n'))}</system-out>\n`
  return `    <testcase classname="${attribute(suiteName)}" name="${attribute(name)}" time="${seconds(milliseconds)}">
${outcome}${output}    </testcase>`
}

const TAG: Readonly<Record<VerdictName, 'failure' | 'error' | 'skipped' | undefined>> = {
  VIOLATED: 'failure',
  STALLED: 'failure',
  INCONCLUSIVE: 'error',
  VACUOUS: 'error',
  'NOT-PROVEN': 'skipped',
  'NOT-APPLICABLE': 'skipped',
  HELD: undefined,
}

function totals(cases: readonly Case[]): string {
  const tagged = (tag: string) => cases.filter((each) => TAG[each.verdict] === tag).length
  const milliseconds = cases.reduce((sum, each) => sum + each.milliseconds, 0)
  return `tests="${cases.length}" failures="${tagged('failure')}" errors="${tagged('error')}" skipped="${tagged('skipped')}" time="${seconds(milliseconds)}"`
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3)
}

function attribute(text: string): string {
  return escaped(oneLine(text))
}
