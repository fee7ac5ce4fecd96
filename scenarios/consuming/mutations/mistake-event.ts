import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { withoutEffect } from './rows.ts'
import { applied } from './victims.ts'

/** IC5: of two events with one body only the first takes effect. */
export const mistakeEvent: Mutation<ConsumerView> = {
  predicate: 'IC5',
  says: 'give two events one body and drop the effect of one',
  names: ['false-dedupe'],
  applies: (view) => view.plan.consumer.progress === 'kafka',
  apply(view) {
    const event = applied(view).findLast(({ deliveries }) => deliveries[0]?.record.value !== null)
    const like = view.consumed.find(
      (other) => other !== event && other.effects.length > 0 && other.deliveries[0]?.record.value != null,
    )
    const record = event?.deliveries[0]?.record
    const tx = event?.effects[0]?.tx
    if (event === undefined || record === undefined || tx === undefined || like === undefined)
      return undefined
    const body = { value: like.deliveries[0]?.record.value ?? null }
    return mutated(view.events, {
      replaced: [{ ...record, ...body }, withoutEffect(event, tx, view.plan.consumer.effects)],
    })
  },
}
