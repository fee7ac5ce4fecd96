import type { ScalingDeclaration } from '../../../proof/history/plan.ts'
import type { Trial } from '../../../proof/window.ts'

/** What the scaled workload of this trial's scenario declares. */
export function scalingOf({ history }: Trial): ScalingDeclaration | undefined {
  const plan = history.find((event) => event.kind === 'scenario.plan')?.plan
  return plan && 'scaling' in plan ? plan.scaling : undefined
}
