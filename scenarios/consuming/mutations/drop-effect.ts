import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { withoutEffects } from './rows.ts'
import { applied } from './victims.ts'

/** RD8: the effect of an event that the group committed past disappears. */
export const dropEffect: Mutation<ConsumerView> = {
  predicate: 'RD8',
  says: 'drop the effect of an event',
  names: ['conservation-broken'],
  applies: (view) => view.plan.consumer.progress === 'kafka',
  apply(view) {
    const [event] = applied(view)
    return (
      event &&
      mutated(view.events, { replaced: withoutEffects(event, view.transactions, view.plan.consumer.effects) })
    )
  },
}
