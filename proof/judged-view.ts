import { messageOf } from '../core/error.ts'
import type { Finding } from './finding.ts'
import { held, unknown } from './findings.ts'
import type { Evidence, Guard, WindowEvidence } from './guards/guard.ts'
import { headlines } from './headlines.ts'
import type { HistoryEvent } from './history/event.ts'
import { exitsInWords } from './history/own-exits.ts'
import { trialsOf } from './history/trials.ts'
import type { View } from './history/view.ts'
import type { GuardResult, ScenarioJudgement, WindowJudgement } from './judgement.ts'
import { ownFindings } from './own-claims.ts'
import type { Predicate } from './predicate.ts'
import { unlessStarved } from './starvation.ts'
import { unlessUndeclared } from './unknown-topics.ts'
import { unmetInWords } from './unmet-guard.ts'
import { unlessUnread } from './unread-log.ts'
import type { VerdictName } from './verdict.ts'
import type { Entry, JudgedWindow } from './window.ts'

/** What the judge asks of a view. */
export interface Asked<V extends View> {
  /** Of the kind of subject. */
  readonly id: string
  readonly predicates: ReadonlyMap<string, Predicate<V>>
  readonly windows: ReadonlyMap<string, JudgedWindow<V>>
  readonly guards: readonly Guard<V>[]
  subject(view: V): Pick<ScenarioJudgement, 'subject' | 'relay' | 'figures'>
  /** The view of another history of the same plan. */
  open(events: readonly HistoryEvent[]): V
}

/** What a stall may come of beside the subject, each with what to do. */
const EXCUSES = [unlessStarved, unlessUnread, unlessUndeclared] as const

/**
 * Violations win over guards: what was seen was seen. Without one, the guards decide whether having seen nothing means
 * anything.
 */
export function judgeAs<V extends View>(asked: Asked<V>, view: V): ScenarioJudgement {
  const { plan } = view
  const { predicates, open } = asked
  const seen =
    view.end?.misdeclared || plan.excluded !== undefined
      ? []
      : [...plan.predicates.map((id) => check(id, view, predicates)), ...ownFindings(view.events)]
  const findings = seen.map((finding) => EXCUSES.reduce((left, unless) => unless(left, view.events), finding))
  const excused = findings.find((finding, n) => finding !== seen[n])
  const windows = plan.windows.map((id) => windowEvidence(id, view, asked.windows))
  const evidence: Evidence<V> = { view, predicates, open, findings, windows }
  const guards = asked.guards.map((guard) => look(guard, evidence))
  const violations = headlines(findings, predicates, plan.controls)
  const exclusions = exclusionsOf(view, windows)
  // Also beside a violation: it breaks its own controls, and the others' are asked nothing here.
  const isExcluded =
    view.end?.completed === true && guards.every(({ met, otherwise }) => met || otherwise === 'VACUOUS')
  const { verdict, reason: first } = verdictOf(view, findings, violations, guards, exclusions, excused)
  const exits = verdict === 'HELD' || verdict === 'NOT-APPLICABLE' ? '' : exitsInWords(view.events)
  const reason = exits === '' ? first : `${first}; ${exits}`
  const windowJudgements = windows.map((window) => windowJudgement(window, plan.trials))
  return {
    id: plan.id,
    title: plan.title,
    kind: asked.id,
    ...asked.subject(view),
    controls: plan.controls,
    ...(plan.feature === undefined ? {} : { feature: plan.feature }),
    verdict,
    reason,
    ...(exits === '' ? {} : { exits }),
    ...(exclusions !== undefined && (isExcluded || verdict === 'NOT-APPLICABLE') ? { exclusions } : {}),
    windows: windowJudgements,
    trials: windowJudgements.reduce((sum, { entered }) => sum + entered, 0),
    guards,
    findings,
    violations,
    disarmed: plan.disarmed,
    seed: plan.seed,
  }
}

function verdictOf(
  view: View,
  findings: readonly Finding[],
  violations: ScenarioJudgement['violations'],
  guards: readonly GuardResult[],
  exclusions: readonly Entry[] | undefined,
  excused: Finding | undefined,
): { verdict: VerdictName; reason: string } {
  if (view.plan.excluded !== undefined) return { verdict: 'NOT-APPLICABLE', reason: view.plan.excluded }
  const violated = violations.find((finding) => finding.kind === 'violated')
  if (violated !== undefined)
    return { verdict: 'VIOLATED', reason: `${violated.name}: ${violated.counterexample.says}` }
  const stalled = violations.find((finding) => finding.kind === 'stalled')
  // A fault of ours that was not cleared explains a stall as well as the publisher does.
  if (stalled !== undefined && guards.every(({ id, met }) => id !== 'faults' || met)) {
    return { verdict: 'STALLED', reason: `${stalled.name}: ${stalled.counterexample.says}` }
  }
  // What an overloaded machine, an unread log or a missing topic kept from coming left windows closed and guards unmet, too.
  if (excused?.kind === 'unknown')
    return { verdict: 'INCONCLUSIVE', reason: `${excused.predicate}: ${excused.reason}` }
  const unmet = guards.filter(({ met }) => !met)
  const blunt = unmet.find(({ otherwise }) => otherwise === 'VACUOUS')
  if (view.plan.disarmed.length > 0 && blunt !== undefined)
    return { verdict: 'VACUOUS', reason: blunt.evidence }
  if (view.end?.completed !== true) {
    return { verdict: 'INCONCLUSIVE', reason: view.end?.reason ?? 'the scenario did not reach its end' }
  }
  // Where the fault could not meet the subject, too little happened; that the observers saw it all is still asked.
  const [shown] = exclusions ?? []
  if (shown !== undefined && unmet.every(({ otherwise }) => otherwise === 'VACUOUS'))
    return { verdict: 'NOT-APPLICABLE', reason: shown.says }
  const [first] = unmet
  if (first !== undefined) return { verdict: first.otherwise, reason: unmetInWords(first) }
  if (findings.length === 0) return { verdict: 'INCONCLUSIVE', reason: 'the plan names no predicate' }
  const unknown = findings.find((finding) => finding.kind === 'unknown')
  if (unknown !== undefined)
    return { verdict: 'INCONCLUSIVE', reason: `${unknown.predicate}: ${unknown.reason}` }
  return { verdict: 'HELD', reason: '' }
}

function check<V extends View>(id: string, view: V, predicates: ReadonlyMap<string, Predicate<V>>): Finding {
  const predicate = predicates.get(id)
  if (predicate === undefined) return unknown(id, 'there is no such predicate')
  try {
    const finding = predicate.check(view)
    return predicate.expectation === 'practice' ? advised(finding) : finding
  } catch (error) {
    return unknown(id, `the predicate failed: ${messageOf(error)}`)
  }
}

/** What was never promised is no verdict, whatever was found. */
function advised(finding: Finding): Finding {
  switch (finding.kind) {
    case 'held':
      return finding
    case 'unknown':
      return held(finding.predicate, 0)
    default: {
      const { predicate, name, counterexample } = finding
      const { says, events } = counterexample
      return { kind: 'held', predicate, judged: 1, advice: [{ name, says, events }] }
    }
  }
}

function look<V extends View>(guard: Guard<V>, evidence: Evidence<V>): GuardResult {
  const { id, title, otherwise } = guard
  try {
    return { id, title, otherwise, ...guard.look(evidence) }
  } catch (error) {
    return {
      id,
      title,
      met: false,
      otherwise: 'INCONCLUSIVE',
      evidence: `the guard failed: ${messageOf(error)}`,
    }
  }
}

function windowEvidence<V extends View>(
  id: string,
  view: V,
  windows: ReadonlyMap<string, JudgedWindow<V>>,
): WindowEvidence {
  const window = windows.get(id)
  const ask = (look: (() => Entry | undefined) | undefined) => {
    try {
      return look?.()
    } catch {
      return undefined
    }
  }
  const trials = trialsOf(view, id)
  const entries = trials.map((trial) => ask(() => window?.entered(trial)))
  const exclusions = trials.map((trial, n) =>
    entries[n] === undefined ? ask(() => window?.excluded?.(trial)) : undefined,
  )
  return { id, window, entries, exclusions }
}

/** One a trial, where each trial of each window is shown to be kept out by the subject's own design. */
function exclusionsOf({ plan }: View, windows: readonly WindowEvidence[]): readonly Entry[] | undefined {
  const all = windows.flatMap(({ exclusions }) => exclusions)
  const shown = all.filter((each) => each !== undefined)
  return plan.disarmed.length === 0 && shown.length > 0 && shown.length === all.length ? shown : undefined
}

function windowJudgement({ id, window, entries }: WindowEvidence, trials: number): WindowJudgement {
  const inside = entries.filter((entry) => entry !== undefined)
  return {
    id,
    title: window?.title ?? id,
    entered: inside.length,
    trials: Math.max(entries.length, trials),
    entries: inside,
  }
}
