import type { ControlScenario, ScenarioJudgement } from '../proof/judgement.ts'
import type { VerdictName } from '../proof/verdict.ts'
import { escaped } from './html/template.ts'
import { oneLine } from './payload.ts'
import type { ControlReport, Report } from './report.ts'

/**
 * JUnit for CI: a suite a control, a case a scenario. VIOLATED and STALLED are failures, INCONCLUSIVE and VACUOUS errors,
 * NOT-PROVEN is skipped. The first suite carries the run as a whole, so that a run that proved nothing is not green.
 */
export function junitOf(report: Report): string {
  const { run, verdicts } = report
  const whole = suite('run', [
    {
      name: 'the run as a whole',
      verdict: verdicts.verdict,
      reason: verdicts.interrupted ? 'interrupted' : '',
      seconds: 0,
      lines: [],
    },
  ])
  const suites = [
    whole,
    ...report.controls.map((each) =>
      suite(`${each.control.id} ${each.control.title}`, casesOf(each, run.replay)),
    ),
    ...report.features.map(({ title, scenarios }) =>
      suite(
        title,
        scenarios.map((scenario) => caseOf(scenario, scenario, run.replay)),
      ),
    ),
  ]
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${attribute(`eventproof ${run.id}`)}" ${totals(suites.flatMap((each) => each.cases))}>
${suites.map((each) => each.xml).join('\n')}
</testsuites>
`
}

interface Case {
  readonly name: string
  readonly verdict: VerdictName
  readonly reason: string
  readonly seconds: number
  readonly lines: readonly string[]
}

function casesOf({ control, judgement, scenarios }: ControlReport, replay: string): Case[] {
  const cases = scenarios.map((scenario, index) =>
    caseOf(scenario, judgement.scenarios[index] ?? { ...scenario, violations: [] }, replay),
  )
  // The control can be worse than its scenarios: a subject was not covered, or the run was cut short.
  if (cases.some((each) => each.verdict === judgement.verdict)) return cases
  return [
    ...cases,
    {
      name: `${control.id} as a whole`,
      verdict: judgement.verdict,
      reason: judgement.reason,
      seconds: 0,
      lines: [],
    },
  ]
}

/** @param seen what it says of the control that it is told under */
function caseOf(
  scenario: ScenarioJudgement,
  seen: Pick<ControlScenario, 'verdict' | 'reason' | 'violations'>,
  replay: string,
): Case {
  return {
    name: `${scenario.title} [${scenario.subject}] ${scenario.id}`,
    verdict: seen.verdict,
    reason:
      seen.violations.map((each) => `${each.name}: ${each.counterexample.says}`).join('; ') || seen.reason,
    seconds: scenario.figures.milliseconds / 1000,
    lines: [
      ...scenario.windows.map(
        (window) => `window ${window.id} entered ${window.entered} of ${window.trials}: ${window.title}`,
      ),
      ...scenario.guards.map(
        (guard) => `guard ${guard.met ? 'met' : 'NOT met'}: ${guard.title}: ${guard.evidence}`,
      ),
      `replay: ${replay}`,
    ],
  }
}

function suite(
  name: string,
  cases: readonly Case[],
): { readonly xml: string; readonly cases: readonly Case[] } {
  const xml = `  <testsuite name="${attribute(name)}" ${totals(cases)}>
${cases.map((each) => caseXml(name, each)).join('\n')}
  </testsuite>`
  return { xml, cases }
}

function caseXml(suiteName: string, { name, verdict, reason, seconds, lines }: Case): string {
  const tag = TAG[verdict]
  const outcome =
    tag === undefined
      ? ''
      : `      <${tag} message="${attribute(`${verdict}${reason && `: ${reason}`}`)}"${tag === 'skipped' ? '' : ` type="${verdict}"`}/>\n`
  const output =
    lines.length === 0 ? '' : `      <system-out>${escaped(lines.map(oneLine).join('\n'))}</system-out>\n`
  return `    <testcase classname="${attribute(suiteName)}" name="${attribute(name)}" time="${seconds.toFixed(3)}">
${outcome}${output}    </testcase>`
}

const TAG: Readonly<Record<VerdictName, 'failure' | 'error' | 'skipped' | undefined>> = {
  VIOLATED: 'failure',
  STALLED: 'failure',
  INCONCLUSIVE: 'error',
  VACUOUS: 'error',
  'NOT-PROVEN': 'skipped',
  HELD: undefined,
}

function totals(cases: readonly Case[]): string {
  const tagged = (tag: string) => cases.filter((each) => TAG[each.verdict] === tag).length
  const seconds = cases.reduce((sum, each) => sum + each.seconds, 0)
  return `tests="${cases.length}" failures="${tagged('failure')}" errors="${tagged('error')}" skipped="${tagged('skipped')}" time="${seconds.toFixed(3)}"`
}

function attribute(text: string): string {
  return escaped(oneLine(text))
}
