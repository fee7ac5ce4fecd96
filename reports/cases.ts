import type { ControlScenario, ScenarioJudgement } from '../proof/judgement.ts'
import type { VerdictName } from '../proof/verdict.ts'
import type { ControlReport, Report } from './report.ts'

/** A control, a feature of no control, or the run as a whole, as test reports see it. */
export interface Suite {
  readonly name: string
  readonly cases: readonly Case[]
}

/** A scenario under one suite. */
export interface Case {
  readonly name: string
  readonly verdict: VerdictName
  /** Empty when HELD. */
  readonly reason: string
  readonly milliseconds: number
  /** Windows, guards, and the command that repeats it. */
  readonly lines: readonly string[]
}

/**
 * A run as suites of cases: a suite a control, a case a scenario. The first suite carries the run as a whole, so that a
 * run that proved nothing is not green.
 */
export function suitesOf(report: Report): Suite[] {
  const { run, verdicts } = report
  const reason = verdicts.interrupted ? 'interrupted' : ''
  return [
    { name: 'run', cases: [alone('the run as a whole', verdicts.verdict, reason)] },
    ...report.controls.map((each) => ({
      name: `${each.control.id} ${each.control.title}`,
      cases: casesOf(each, run.replay),
    })),
    ...report.features.map(({ title, scenarios }) => ({
      name: title,
      cases: scenarios.map((scenario) => caseOf(scenario, scenario, run.replay)),
    })),
  ]
}

function casesOf({ control, judgement, scenarios }: ControlReport, replay: string): Case[] {
  const cases = scenarios.map((scenario, index) =>
    caseOf(scenario, judgement.scenarios[index] ?? { ...scenario, violations: [] }, replay),
  )
  // The control can be worse than its scenarios: a subject was not covered, or the run was cut short.
  if (cases.some((each) => each.verdict === judgement.verdict)) return cases
  return [...cases, alone(`${control.id} as a whole`, judgement.verdict, judgement.reason)]
}

function alone(name: string, verdict: VerdictName, reason: string): Case {
  return { name, verdict, reason, milliseconds: 0, lines: [] }
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
    milliseconds: scenario.figures.milliseconds,
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
