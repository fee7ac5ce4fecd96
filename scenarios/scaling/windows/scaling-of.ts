import type { Trial } from '../../../proof/window.ts'
import { isScalingPlan, type ScalingDeclaration } from '../plan.ts'

/** What the scaled workload of this trial's scenario declares. */
export function scalingOf(trial: Trial): ScalingDeclaration | undefined {
  const { plan } = trial.view
  return isScalingPlan(plan) ? plan.scaling : undefined
}
