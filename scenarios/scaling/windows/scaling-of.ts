import type { Trial } from '../../../proof/window.ts'
import { isScalingPlan, type ScalingDeclaration } from '../plan.ts'

/** What the scaled workload of this trial's scenario declares. */
export function scalingOf({ history }: Trial): ScalingDeclaration | undefined {
  const plan = history.find((event) => event.kind === 'scenario.plan')?.plan
  return plan && isScalingPlan(plan) ? plan.scaling : undefined
}
