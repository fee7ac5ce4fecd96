import { type Mutation, mutated } from '../../../proof/mutation.ts'
import { triesOf } from '../predicates/retry-count.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { failedTries } from './tries.ts'

/** RD5: what no retry can help is tried again. */
export const tryInVain: Mutation<ConsumerView> = {
  predicate: 'RD5',
  says: 'try an event again that no retry can help',
  names: ['retry-on-nonretriable'],
  applies: (view) => view.plan.consumer.retry !== undefined && candidates(view).length > 0,
  apply(view) {
    const [event] = candidates(view)
    if (event === undefined) return undefined
    return mutated(view.events, { added: failedTries(event, triesOf(event, 1, view).allowed + 1, view) })
  },
}

function candidates(view: ConsumerView) {
  return view.consumed.filter(
    ({ deliveries, inputs }) => deliveries.length > 0 && inputs[0]?.retriable === false,
  )
}
