import { messageOf } from '../core/error.ts'
import type { HistoryEvent } from './history/event.ts'
import type { ScenarioJudgement } from './judgement.ts'
import type { Kinds } from './kind.ts'

/**
 * Judges one scenario from its history alone: its plan says which kind of subject it is about.
 * What fails in here makes INCONCLUSIVE, never HELD.
 *
 * @param events the events of one scenario, in order
 */
export function judge(events: readonly HistoryEvent[], kinds: Kinds): ScenarioJudgement {
  const [plan, ...more] = events.filter((event) => event.kind === 'scenario.plan').map((event) => event.plan)
  if (plan === undefined) return withoutPlan(events)
  if (more.length > 0) return { ...withoutPlan(events), reason: 'the history holds more than one plan' }
  try {
    const kind = kinds.get(plan.kind)
    if (kind === undefined) throw new Error(`no kind of subject is called '${plan.kind}'`)
    return kind.judge(events, plan)
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
