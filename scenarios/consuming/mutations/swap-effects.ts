import { type Mutation, mutated } from '../../../proof/mutation.ts'
import { ordered } from '../predicates/order-per-key.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/** OR3: the effects of two events of a key change places. */
export const swapEffects: Mutation<ConsumerView> = {
  predicate: 'OR3',
  says: 'swap the effects of two events of a key',
  names: ['apply-inversion'],
  applies: (view) => view.plan.consumer.order === 'per-key' && ordered(view).length > 0,
  apply(view) {
    const [pair] = ordered(view)
    if (pair === undefined) return undefined
    const [before, after] = [pair[0].tx, pair[1].tx]
    const replaced = [
      { ...before, commitLsn: after.commitLsn },
      { ...after, commitLsn: before.commitLsn },
    ]
    return mutated(view.events, { replaced })
  },
}
