import { type Mutation, mutated } from '../../../proof/mutation.ts'
import { triesOf } from '../predicates/retry-count.ts'
import { isFailing } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { failedTries } from './tries.ts'

/** RD1: an event is tried more often than anything explains. */
export const tryOn: Mutation<ConsumerView> = {
  predicate: 'RD1',
  says: 'try an event more often than declared',
  names: ['retry-count-mismatch', 'infinite-retry'],
  applies: (view) => view.plan.consumer.retry !== undefined && candidates(view).length > 0,
  apply(view) {
    const { retry } = view.plan.consumer
    const [event] = candidates(view)
    if (event === undefined || retry === undefined) return undefined
    const { allowed } = triesOf(event, retry.attempts, view)
    return mutated(view.events, { added: failedTries(event, allowed + 1, view) })
  },
}

function candidates(view: ConsumerView) {
  return view.consumed.filter(
    (event) => event.deliveries.length > 0 && event.inputs[0]?.retriable === true && isFailing(event),
  )
}
