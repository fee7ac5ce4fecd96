import type { AntiPattern } from '../proof/anti-pattern.ts'
import { antiPatternsFound } from '../proof/anti-patterns-found.ts'
import type {
  ControlJudgement,
  ControlScenario,
  Method,
  RunRecord,
  ScenarioJudgement,
  Verdicts,
} from '../proof/judgement.ts'
import type { Kinds } from '../proof/kind.ts'
import { type VerdictName, worst } from '../proof/verdict.ts'
import { attestationsJudged } from './attestations.ts'
import { attributed, owns } from './attribution.ts'
import { bestExplained } from './best-explained.ts'
import { boundOf } from './bound.ts'
import { CONTROLS, type Control } from './controls.ts'
import { type Predicates, predicatesOf } from './predicate-words.ts'
import { waiversJudged } from './waivers.ts'

/**
 * The judgement of all 18 controls from the scenarios of a run; also the content of `verdicts.json`.
 *
 * A control takes the worst of its scenarios; it is HELD only where at least one scenario judged it for each
 * subject of its kind in the run. The total takes the worst of what was judged; a NOT-PROVEN control counts only where
 * `run.selection` names it. Nothing judged at all is INCONCLUSIVE, or NOT-PROVEN where it was asked for by name: never
 * green. An interrupted run keeps its violations (refutation is sound) and loses its HELD.
 */
export function controlsOf(scenarios: readonly ScenarioJudgement[], run: RunRecord, kinds: Kinds): Verdicts {
  const predicates = predicatesOf(kinds)
  const controls = CONTROLS.map((control) => judged(control, scenarios, run, kinds, predicates))
  return {
    schema: 1,
    run: run.id,
    verdict: totalOf(controls, scenarios, run),
    interrupted: run.interrupted,
    controls,
    ...besides({ attestations: attestationsJudged(run), waivers: waiversJudged(run, scenarios) }),
    antiPatterns: antiPatternsFound(scenarios, antiPatternsOf(kinds), run.antiPatterns),
    scenarios,
  }
}

/** Without what the config does not have. */
function besides({
  attestations,
  waivers,
}: {
  readonly attestations: Verdicts['attestations'] | undefined
  readonly waivers: Verdicts['waivers'] | undefined
}) {
  return { ...(attestations ? { attestations } : {}), ...(waivers ? { waivers } : {}) }
}

/** Of all kinds, each once. */
export function antiPatternsOf(kinds: Kinds): readonly AntiPattern[] {
  const all = [...kinds.values()].flatMap(({ antiPatterns }) => antiPatterns)
  return [...new Map(all.map((pattern) => [pattern.id, pattern])).values()]
}

/** What one scenario says of each of its controls, and of those that it broke besides, in the order of the checklist. */
export function resultsOf(
  scenario: ScenarioJudgement,
  kinds: Kinds,
): (Pick<ControlScenario, 'verdict' | 'reason'> & { readonly id: string; readonly besides?: true })[] {
  const predicates = predicatesOf(kinds)
  return CONTROLS.filter((control) => isAbout(scenario, control, predicates)).map((control) => {
    const { verdict, reason } = attributed(control, scenario, kinds, predicates)
    const besides = scenario.controls.includes(control.id) ? {} : { besides: true as const }
    return { id: control.id, verdict, reason, ...besides }
  })
}

/** A violation counts for its owner also where it was found in a scenario about something else. */
function isAbout(
  { controls, violations }: ScenarioJudgement,
  { id }: Control,
  predicates: Predicates,
): boolean {
  return controls.includes(id) || violations.some((violation) => owns(id, violation, predicates))
}

/** Whether the user asked for this control itself, not for a feature that happens to judge it. */
export function askedByName(id: string, run: Pick<RunRecord, 'selection'>): boolean {
  return run.selection.some((word) => word.replace(/^@/, '').toUpperCase() === id)
}

/** Scenarios that speak against nothing by themselves. */
const QUIET: ReadonlySet<VerdictName> = new Set(['HELD', 'NOT-PROVEN', 'NOT-APPLICABLE'])

function totalOf(
  controls: readonly ControlJudgement[],
  scenarios: readonly ScenarioJudgement[],
  run: RunRecord,
): VerdictName {
  const counted = controls.filter((each) => each.verdict !== 'NOT-PROVEN' || askedByName(each.id, run))
  const amiss = scenarios.filter((each) => !QUIET.has(each.verdict))
  const ofFeatures = scenarios.filter(
    ({ feature, verdict }) => feature !== undefined && verdict !== 'NOT-APPLICABLE',
  )
  const verdicts = [...counted, ...amiss, ...ofFeatures].map((each) => each.verdict)
  // A control that was asked for and can not be judged here is told as that, and not as nothing to be judged.
  const told = counted.some((each) => each.verdict === 'NOT-PROVEN') && run.notProven.length > 0
  if (run.interrupted || (scenarios.length === 0 && !told)) verdicts.push('INCONCLUSIVE')
  return worst(verdicts)
}

function judged(
  control: Control,
  scenarios: readonly ScenarioJudgement[],
  run: RunRecord,
  kinds: Kinds,
  predicates: Predicates,
): ControlJudgement {
  const mine = scenarios.filter((scenario) => isAbout(scenario, control, predicates))
  const seen = mine.map((scenario) => attributed(control, scenario, kinds, predicates))
  const lacking = run.notProven.filter((entry) => entry.controls.includes(control.id))
  if (seen.length === 0) return unjudged(control, lacking, run)
  // What does not apply takes no part; a control of which nothing applies to a subject is not proven for it.
  const applied = mine.filter((_, index) => seen[index]?.verdict !== 'NOT-APPLICABLE')

  const asked = new Set(mine.map(({ kind }) => kind))
  const concerned = ({ kind, figures }: ScenarioJudgement) =>
    asked.has(kind) && (kinds.get(kind)?.concerns(control.id, figures) ?? true)
  const uncovered = control.partly
    ? []
    : subjectsOf(scenarios.filter(concerned)).filter((name) => !applied.some((each) => each.subject === name))
  const verdict = worst([
    ...seen.map((each) => each.verdict).filter((each) => each !== 'NOT-APPLICABLE'),
    ...(applied.length === 0 ? (['NOT-PROVEN'] as const) : []),
    ...(run.interrupted ? (['INCONCLUSIVE'] as const) : []),
    ...(lacking.length > 0 || uncovered.length > 0 ? (['NOT-PROVEN'] as const) : []),
  ])
  const method = control.methods[0] ?? 'measured'
  const trials = method === 'proved' ? seen.reduce((sum, each) => sum + entriesOf(each), 0) : 0
  return {
    id: control.id,
    verdict,
    method,
    reason: reasonOf(verdict, {
      predicates,
      seen: seen.filter((each) => each.verdict !== 'NOT-APPLICABLE'),
      excluded: seen.filter((each) => each.verdict === 'NOT-APPLICABLE'),
      lacking,
      uncovered,
      interrupted: run.interrupted,
      trials,
      method,
    }),
    scenarios: seen,
    trials,
    bound: verdict === 'HELD' ? boundOf(trials) : null,
  }
}

function unjudged(control: Control, lacking: RunRecord['notProven'], run: RunRecord): ControlJudgement {
  const cut = run.interrupted && lacking.length === 0
  const reason =
    lacking.length > 0
      ? missing(lacking)
      : cut
        ? 'the run was interrupted before a scenario judged it'
        : 'no scenario of it was selected'
  return {
    id: control.id,
    verdict: 'NOT-PROVEN',
    method: 'none',
    reason,
    scenarios: [],
    trials: 0,
    bound: null,
  }
}

interface Grounds {
  readonly predicates: Predicates
  /** Without those that do not apply. */
  readonly seen: readonly ControlScenario[]
  readonly excluded: readonly ControlScenario[]
  readonly lacking: RunRecord['notProven']
  readonly uncovered: readonly string[]
  readonly interrupted: boolean
  readonly trials: number
  readonly method: Method
}

function reasonOf(verdict: VerdictName, grounds: Grounds): string {
  const { predicates, seen, excluded, lacking, uncovered, interrupted, trials, method } = grounds
  if (verdict === 'HELD') {
    if (method !== 'proved') return `${method} in ${count(seen.length, 'scenario')}, nothing amiss`
    return trials > 0
      ? `no violation in ${count(trials, 'trial')} that entered a window`
      : `no violation in ${count(seen.length, 'scenario')}`
  }
  const found = bestExplained(
    seen.filter((each) => each.verdict === verdict),
    predicates,
  )
  if (found) return found.reason || 'nothing was there to be measured'
  if (interrupted) return 'the run was interrupted'
  if (lacking.length > 0) return missing(lacking)
  const [one] = excluded
  return one !== undefined && seen.length === 0
    ? `no scenario of it applies: ${one.reason}`
    : `no scenario judged it for ${uncovered.join(', ')}`
}

function missing(lacking: RunRecord['notProven']): string {
  const begun = lacking.filter(({ because }) => because === undefined)
  const [kept] = lacking.filter(({ because }) => because !== undefined)
  const capabilities = [...new Set(begun.map((entry) => entry.capability))]
  return [
    begun.length === 0
      ? []
      : `this stack lacks ${capabilities.join(', ')}, so ${count(begun.length, 'scenario')} could not run`,
    kept === undefined
      ? []
      : `${count(lacking.length - begun.length, 'scenario')} of it did not begin: ${kept.because}`,
  ]
    .flat()
    .join('; ')
}

function subjectsOf(scenarios: readonly ScenarioJudgement[]): string[] {
  return [...new Set(scenarios.map((scenario) => scenario.subject))]
}

function entriesOf(scenario: ControlScenario): number {
  return scenario.windows.reduce((sum, window) => sum + window.entered, 0)
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}
