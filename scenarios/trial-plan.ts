import type { ScenarioPlan } from '../proof/history/plan.ts'
import type { Trial } from '../proof/window.ts'

/** The plan of a trial's scenario. */
export function planOf({ history }: Trial): ScenarioPlan | undefined {
  return history.find((event) => event.kind === 'scenario.plan')?.plan
}

/** The key that a trial treats apart; others flow on beside it. */
export function markedKey(trial: Trial): string {
  return planOf(trial)?.marked[trial.number - 1] ?? ''
}
