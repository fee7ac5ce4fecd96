import { messageOf } from '../core/error.ts'
import type { HistoryEvent } from './history/event.ts'
import type { ScenarioPlan } from './history/plan.ts'
import './history/component-lost.ts'
import { isFact } from './history/recorded-fact.ts'
import { fed, type View } from './history/view.ts'
import type { ScenarioJudgement } from './judgement.ts'
import type { Kind, Kinds } from './kind.ts'

/** Why a scenario ended that was under way when its run was interrupted. */
export const INTERRUPTED = 'the run was interrupted'

/**
 * Judges one scenario from its history alone: its plan says which kind of subject it is about.
 * What fails in here makes INCONCLUSIVE, never HELD.
 *
 * @param events the events of one scenario, in order
 */
export function judge(written: readonly HistoryEvent[], kinds: Kinds): ScenarioJudgement {
  const events = untilInterrupted(written)
  const plan = events.find((event) => event.kind === 'scenario.plan')?.plan
  if (plan === undefined) return withoutPlan(events)
  return judgeWith(plan, events, kinds, (kind) => kind.judge(fed(kind.view(plan), events)))
}

/**
 * What a scenario wrote while it came to rest after an interruption had ended it was waited for by nobody; and what it
 * wrote after a component was gone is of another system.
 */
function untilInterrupted(events: readonly HistoryEvent[]): readonly HistoryEvent[] {
  const lost = events.findIndex((event) => isFact(event, 'component.lost'))
  const end = events.findIndex(
    (event, n) => event.kind === 'scenario.end' && (event.reason === INTERRUPTED || (lost >= 0 && n > lost)),
  )
  return end < 0 ? events : events.slice(0, end + 1)
}

/** The same of a view that has followed the history to its end. */
export function judgeView(view: View, kinds: Kinds): ScenarioJudgement {
  return judgeWith(view.plan, view.events, kinds, (kind) => kind.judge(view))
}

function judgeWith(
  plan: ScenarioPlan,
  events: readonly HistoryEvent[],
  kinds: Kinds,
  judge: (kind: Kind) => ScenarioJudgement,
): ScenarioJudgement {
  const plans = events.filter((event) => event.kind === 'scenario.plan')
  if (plans.length > 1) return { ...withoutPlan(events), reason: 'the history holds more than one plan' }
  try {
    const kind = kinds.get(plan.kind)
    if (kind === undefined) throw new Error(`no kind of subject is called '${plan.kind}'`)
    return judge(kind)
  } catch (error) {
    const { id, kind, title, controls } = plan
    return { ...withoutPlan(events), id, kind, title, controls, reason: messageOf(error) }
  }
}

function withoutPlan(events: readonly HistoryEvent[]): ScenarioJudgement {
  const id = events[0]?.scenario ?? 'unknown'
  return {
    id,
    title: id,
    kind: '',
    subject: '',
    figures: { of: 'nothing', milliseconds: 0 },
    controls: [],
    verdict: 'INCONCLUSIVE',
    reason: 'the history holds no plan, so nobody knows what to judge',
    windows: [],
    trials: 0,
    guards: [],
    findings: [],
    violations: [],
    disarmed: [],
    seed: '',
  }
}
