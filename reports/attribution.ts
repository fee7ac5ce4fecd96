import type { Finding } from '../proof/finding.ts'
import type { ControlScenario, ScenarioJudgement } from '../proof/judgement.ts'
import { type VerdictName, worst } from '../proof/verdict.ts'
import type { Control } from './controls.ts'

type Violation = ScenarioJudgement['violations'][number]

/** Whose promise a predicate is part of, by the letters of its id, where the name of a violation says no more. */
const OF_PREDICATE: Readonly<Record<string, readonly string[]>> = {
  OA: ['P1'],
  OR: ['P1'],
  PC: ['P3'],
  PS: ['P4'],
  IC: ['C1'],
  RD: ['C2'],
  CG: ['C4'],
  SZ: ['O1'],
}

/** Predicates that are part of another promise than their letters say: the order of effects is the group's. */
const OF_ID: Readonly<Record<string, readonly string[]>> = { OR3: ['C3'], OR4: ['C3'], OR5: ['C3'] }

/** Violations that break another promise, or more than one. */
const OF_NAME: Readonly<Record<string, readonly string[]>> = {
  'unstable-id': ['P1', 'P2'],
  'reused-id': ['P1', 'P2'],
  'commit-before-effect': ['C5'],
}

/** A record whose id nobody committed breaks P1; whether it is an id made anew, and so breaks P2, can't be told. */
const CLOUDED: Readonly<Record<string, string>> = { 'phantom-event': 'P2' }

/** Whether a violation breaks this control's promise, whatever the scenario in which it was found is about. */
export function owns(control: string, { name, checker }: Pick<Violation, 'name' | 'checker'>): boolean {
  const letters = /^[A-Z]+/.exec(checker)?.[0] ?? ''
  return (OF_NAME[name] ?? OF_ID[checker] ?? OF_PREDICATE[letters] ?? []).includes(control)
}

/**
 * What a scenario says of one of its controls. A scenario with acks=1 and no lost event violates P3 and says
 * nothing against P1. Without a violation of its own, the guards and the gaps in the evidence decide.
 */
export function attributed(control: Control, scenario: ScenarioJudgement): ControlScenario {
  const violations = scenario.violations.filter((violation) => owns(control.id, violation))
  return {
    id: scenario.id,
    subject: scenario.subject,
    verdict: verdictOf(control, scenario, violations),
    violations: violations.map(({ name, witness }) => ({ name, witness })),
    windows: scenario.windows.map(({ id, entered, trials }) => ({ id, entered, trials })),
    trials: scenario.trials,
    guards: scenario.guards,
  }
}

function verdictOf(control: Control, scenario: ScenarioJudgement, own: readonly Violation[]): VerdictName {
  const blind = unmeasured(control.id, scenario) ? (['VACUOUS'] as const) : []
  const broken = scenario.verdict === 'VIOLATED' || scenario.verdict === 'STALLED'
  if (!broken) return worst([scenario.verdict, ...blind])
  if (own.length > 0) return worst(own.map(severityOf))
  // The scenario failed another control. A violation that nothing explains is held against every control of it.
  if (scenario.violations.length === 0) return scenario.verdict
  const clouded = scenario.violations.some((violation) => CLOUDED[violation.name] === control.id)
  return worst([
    clouded ? 'INCONCLUSIVE' : 'HELD',
    ...blind,
    ...scenario.guards.filter((guard) => !guard.met).map((guard) => guard.otherwise),
    ...scenario.findings.filter((finding) => finding.kind === 'unknown').map(() => 'INCONCLUSIVE' as const),
  ])
}

/** A measurement of nothing is no measurement. */
function unmeasured(control: string, { figures }: ScenarioJudgement): boolean {
  if (figures.of !== 'publisher') return false
  return (control === 'P3' && figures.clients.length === 0) || (control === 'P4' && figures.records === 0)
}

function severityOf(violation: Extract<Finding, { kind: 'violated' | 'stalled' }>): VerdictName {
  return violation.kind === 'violated' ? 'VIOLATED' : 'STALLED'
}
