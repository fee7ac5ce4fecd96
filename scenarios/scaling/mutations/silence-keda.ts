import { type Mutation, mutated } from '../../../proof/mutation.ts'
import { type ScalingView, saysActivated } from '../view/scaling-view.ts'

/** SZ2: it was woken, and not by KEDA. */
export const silenceKeda: Mutation<ScalingView> = {
  predicate: 'SZ2',
  says: 'take away what KEDA said when it woke the workload',
  names: ['not-keda-activated'],
  applies: (view) => view.replicas.rises.length > 0,
  apply: (view) =>
    mutated(view.events, {
      replaced: view.said
        .filter(({ reason }) => saysActivated(reason))
        .map((event) => ({ ...event, reason: 'SuccessfulRescale' })),
    }),
}
