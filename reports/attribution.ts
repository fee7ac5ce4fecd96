import type { ControlScenario, GuardResult, ScenarioJudgement } from '../proof/judgement.ts'
import type { Kinds } from '../proof/kind.ts'
import { type VerdictName, worst } from '../proof/verdict.ts'
import type { Control } from './controls.ts'
import { controlsBroken, type Predicates } from './predicate-words.ts'

type Violation = ScenarioJudgement['violations'][number]

/** Whether a violation breaks this control's promise, whatever the scenario in which it was found is about. */
export function owns(
  control: string,
  violation: Pick<Violation, 'name' | 'predicate'>,
  predicates: Predicates,
): boolean {
  return controlsBroken(violation, predicates).includes(control)
}

/** One thing that speaks against a control, and in what words. */
interface Ground {
  readonly verdict: VerdictName
  readonly reason: string
}

/**
 * What a scenario says of one of its controls. A scenario with acks=1 and no lost event violates P3 and says
 * nothing against P1. Without a violation of its own, the guards and the gaps in the evidence decide; the reason is
 * always that of the control, never another control's violation.
 */
export function attributed(
  control: Control,
  scenario: ScenarioJudgement,
  kinds: Kinds,
  predicates: Predicates,
): ControlScenario {
  const own = scenario.controls.includes(control.id)
  // What people claim themselves counts for every control that they name.
  const shared = ({ predicate }: Violation) =>
    own && (!predicates.has(predicate) || predicates.get(predicate)?.alsoFor?.includes(control.id) === true)
  const violations = scenario.violations.filter(
    (violation) => owns(control.id, violation, predicates) || shared(violation),
  )
  const blind = kinds.get(scenario.kind)?.unmeasured(control.id, scenario.figures)
  const lacking = [blind, ...(own ? needed(control, scenario, predicates) : [])].filter(
    (one) => one !== undefined,
  )
  const nothing = lacking.map((reason): Ground => ({ verdict: 'VACUOUS', reason }))
  const grounds = groundsOf(control, scenario, violations, nothing, predicates)
  const verdict = grounds.length === 0 ? 'HELD' : worst(grounds.map((ground) => ground.verdict))
  return {
    id: scenario.id,
    subject: scenario.subject,
    verdict,
    reason: grounds.find((ground) => ground.verdict === verdict)?.reason ?? '',
    violations: violations.map(({ name, counterexample }) => ({ name, counterexample })),
    windows: scenario.windows.map(({ id, entered, trials }) => ({ id, entered, trials })),
    trials: scenario.trials,
    guards: scenario.guards,
  }
}

/** What its predicates needed, where none of them found anything to judge. */
function needed(control: Control, { findings }: ScenarioJudgement, predicates: Predicates): string[] {
  const asked = findings.flatMap((finding) => {
    const words = predicates.get(finding.predicate)
    return words?.needs !== undefined && words.controls.includes(control.id)
      ? [{ finding, needs: words.needs }]
      : []
  })
  const nothing = asked.every(({ finding }) => finding.kind === 'held' && finding.judged === 0)
  return nothing ? asked.map(({ needs }) => needs) : []
}

function groundsOf(
  control: Control,
  scenario: ScenarioJudgement,
  own: readonly Violation[],
  /** That a measurement of it measured nothing. */
  nothing: readonly Ground[],
  predicates: Predicates,
): Ground[] {
  const broken = scenario.verdict === 'VIOLATED' || scenario.verdict === 'STALLED'
  // A violation that nothing explains is held against every control of the scenario.
  const whole: Ground = { verdict: scenario.verdict, reason: scenario.reason || unmetGuard(scenario) || '' }
  const [strangers, unknown] = unknowns(control, scenario, predicates)
  if (!broken) return [...(onlyFor(strangers, unknown, scenario) ? [] : [whole]), ...nothing]
  if (own.length > 0) return own.map((each) => ({ verdict: severityOf(each), reason: inWords(each) }))
  if (scenario.violations.length === 0) return [whole]
  // The scenario failed another control.
  const clouding = scenario.violations.find(({ name, predicate }) =>
    predicates.get(predicate)?.violations[name]?.clouds?.includes(control.id),
  )
  const unmet = scenario.guards.filter((guard) => !guard.met)
  return [
    ...(clouding ? [{ verdict: 'INCONCLUSIVE', reason: clouded(clouding) } as const] : []),
    ...nothing,
    ...unmet.map((guard) => ({ verdict: guard.otherwise, reason: evidenceOf(guard) })),
    ...unknown.map(({ predicate, reason }) => ({
      verdict: 'INCONCLUSIVE' as const,
      reason: `${predicate}: ${reason}`,
    })),
  ]
}

type Unknown = Extract<ScenarioJudgement['findings'][number], { kind: 'unknown' }>

/** What could not be told: for other controls alone, which are judged by name; and what concerns this one. */
function unknowns(
  control: Control,
  { findings }: ScenarioJudgement,
  predicates: Predicates,
): readonly [strangers: readonly Unknown[], unknown: readonly Unknown[]] {
  const all = findings.filter((finding) => finding.kind === 'unknown')
  const isStranger = ({ predicate }: Unknown) => {
    const words = predicates.get(predicate)
    return words?.onlyWhereAsked === true && !words.controls.includes(control.id)
  }
  return [all.filter(isStranger), all.filter((finding) => !isStranger(finding))]
}

/** Whether nothing but what concerns other controls keeps the scenario from being HELD. */
function onlyFor(
  strangers: readonly Unknown[],
  unknown: readonly Unknown[],
  { verdict, reason, guards }: ScenarioJudgement,
): boolean {
  const told = strangers.some(({ predicate }) => reason.startsWith(`${predicate}: `))
  return verdict === 'INCONCLUSIVE' && told && unknown.length === 0 && guards.every(({ met }) => met)
}

function clouded({ name }: Violation): string {
  return `${name} was found: whether an event was given another id can't be told`
}

function inWords({ name, counterexample }: Violation): string {
  return `${name}: ${counterexample.says}`
}

function unmetGuard({ guards }: ScenarioJudgement): string | undefined {
  const unmet = guards.find((guard) => !guard.met)
  return unmet && evidenceOf(unmet)
}

function evidenceOf({ title, evidence }: GuardResult): string {
  return `${title}: ${evidence}`
}

function severityOf(violation: Violation): VerdictName {
  return violation.kind === 'violated' ? 'VIOLATED' : 'STALLED'
}
