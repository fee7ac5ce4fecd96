import type { ScalingView } from '../view/scaling-view.ts'
import { type Edit, edited } from '../../../proof/mutation.ts'
import { withReplicas } from './wake-at-rest.ts'

/** SZ5: more replicas than partitions, by more than KEDA's rounding. */
export const addReplicas: Edit<ScalingView> = {
  checker: 'SZ5',
  says: 'run two replicas more than there are partitions',
  names: ['idle-consumers'],
  applies: (view) => !view.plan.scaling.allowIdleConsumers,
  apply(view) {
    const last = view.samples.at(-1)
    return last && edited(view.events, { replaced: [withReplicas(last, view.plan.scaling.partitions + 2)] })
  },
}
