import type { ControlScenario, ScenarioJudgement } from '../proof/judgement.ts'
import type { Kinds } from '../proof/kind.ts'
import { unmetInWords } from '../proof/unmet-guard.ts'
import { type VerdictName, worst } from '../proof/verdict.ts'
import type { Control } from './controls.ts'
import { controlsBroken, judges, type Predicates } from './predicate-words.ts'

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
    reason: withExits(grounds.find((ground) => ground.verdict === verdict)?.reason ?? '', scenario),
    violations: violations.map(({ name, counterexample }) => ({ name, counterexample })),
    windows: scenario.windows.map(({ id, entered, trials }) => ({ id, entered, trials })),
    trials: scenario.trials,
    guards: scenario.guards,
  }
}

/** What its predicates needed, where none of them, and none that counts for it as well, found anything to judge. */
function needed(control: Control, { findings }: ScenarioJudgement, predicates: Predicates): string[] {
  const asked = findings.flatMap((finding) => {
    const words = predicates.get(finding.predicate)
    return words?.needs !== undefined && words.controls.includes(control.id)
      ? [{ finding, needs: words.needs }]
      : []
  })
  const nothing = asked.every(({ finding }) => judgedNothing(finding))
  const others = findings.filter(({ predicate }) => predicates.get(predicate)?.alsoFor?.includes(control.id))
  return nothing && others.every(judgedNothing) ? asked.map(({ needs }) => needs) : []
}

function judgedNothing(finding: ScenarioJudgement['findings'][number]): boolean {
  return finding.kind === 'held' && finding.judged === 0
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
  if (scenario.verdict === 'NOT-APPLICABLE') return [whole]
  const doubts = doubtsOf(control, scenario, predicates)
  // What only other controls' predicates are in doubt of is no doubt of this one.
  if (!broken) return [...(isExplained(scenario) ? doubts : [whole]), ...nothing]
  if (own.length > 0) return own.map((each) => ({ verdict: severityOf(each), reason: inWords(each) }))
  if (scenario.violations.length === 0) return [whole]
  // The scenario failed another control.
  const clouding = scenario.violations.find(({ name, predicate }) =>
    predicates.get(predicate)?.violations[name]?.clouds?.includes(control.id),
  )
  const [excluded] = scenario.exclusions ?? []
  if (excluded !== undefined && clouding === undefined)
    return [{ verdict: 'NOT-APPLICABLE', reason: excluded.says }]
  return [
    ...(clouding ? [{ verdict: 'INCONCLUSIVE', reason: clouded(clouding) } as const] : []),
    ...nothing,
    ...doubts,
  ]
}

/** Why it is so may be that a process of the subject was gone. */
function withExits(reason: string, { exits }: ScenarioJudgement): string {
  return reason === '' || exits === undefined || reason.includes(exits) ? reason : `${reason}; ${exits}`
}

/** Guards that are not met and findings that say nothing, as far as they are about this control's predicates. */
function doubtsOf(
  control: Control,
  { reason, exits, guards, findings }: ScenarioJudgement,
  predicates: Predicates,
): Ground[] {
  const isOf = (id: string) => {
    const words = predicates.get(id)
    return words === undefined || judges(words, control.id)
  }
  const doubts: Ground[] = [
    ...guards
      .filter(({ met, about }) => !met && (about?.some(isOf) ?? true))
      .map((guard) => ({ verdict: guard.otherwise, reason: unmetInWords(guard) })),
    ...findings.flatMap((finding) =>
      finding.kind === 'unknown' && isOf(finding.predicate)
        ? [{ verdict: 'INCONCLUSIVE' as const, reason: unknownIn(finding) }]
        : [],
    ),
  ]
  // Of doubts that weigh the same the scenario's own comes first: both lines then tell one reason.
  const first = ownReason({ reason, exits })
  return [
    ...doubts.filter((each) => each.reason === first),
    ...doubts.filter((each) => each.reason !== first),
  ]
}

/** Its verdict is what its guards and findings say, and not that the harness broke off. */
function isExplained({ reason, exits, guards, findings }: ScenarioJudgement): boolean {
  const said = [
    ...guards.filter(({ met }) => !met).map(unmetInWords),
    ...findings.flatMap((finding) => (finding.kind === 'unknown' ? [unknownIn(finding)] : [])),
  ]
  return said.includes(ownReason({ reason, exits }))
}

/** The scenario's reason without the processes that ended by themselves. */
function ownReason({
  reason,
  exits,
}: {
  readonly reason: string
  readonly exits: string | undefined
}): string {
  return exits === undefined ? reason : reason.replace(`; ${exits}`, '')
}

function unknownIn({ predicate, reason }: { readonly predicate: string; readonly reason: string }): string {
  return `${predicate}: ${reason}`
}

function clouded({ name }: Violation): string {
  return `${name} was found: whether an event was given another id can't be told`
}

function inWords({ name, counterexample }: Violation): string {
  return `${name}: ${counterexample.says}`
}

function unmetGuard({ guards }: ScenarioJudgement): string | undefined {
  const unmet = guards.find((guard) => !guard.met)
  return unmet && unmetInWords(unmet)
}

function severityOf(violation: Violation): VerdictName {
  return violation.kind === 'violated' ? 'VIOLATED' : 'STALLED'
}
