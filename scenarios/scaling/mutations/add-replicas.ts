import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { ScalingView } from '../view/scaling-view.ts'
import { withReplicas } from './wake-at-rest.ts'

/** SZ5: more replicas than partitions, by more than KEDA's rounding. */
export const addReplicas: Mutation<ScalingView> = {
  predicate: 'SZ5',
  says: 'run two replicas more than there are partitions',
  names: ['idle-consumers'],
  applies: (view) => !view.plan.scaling.allowIdleConsumers,
  apply(view) {
    const last = view.samples.at(-1)
    return last && mutated(view.events, { replaced: [withReplicas(last, view.plan.scaling.partitions + 2)] })
  },
}
