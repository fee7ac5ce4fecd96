import type { ConsumerView } from '../../history/consumer-view.ts'
import { type Edit, edited } from '../edit.ts'
import { withoutEffect } from './rows.ts'
import { applied } from './victims.ts'

/** IC5: of two events with one body only the first takes effect. */
export const mistakeEvent: Edit<ConsumerView> = {
  checker: 'IC5',
  says: 'give two events one body and drop the effect of one',
  names: ['false-dedupe'],
  applies: (view) => view.plan.consumer.progress === 'kafka',
  apply(view) {
    const candidates = applied(view).filter(({ deliveries }) => deliveries[0]?.record.value !== null)
    const event = candidates.at(-1)
    const like = candidates.find((other) => other.effects[0]?.tx !== event?.effects[0]?.tx) ?? candidates[0]
    const record = event?.deliveries[0]?.record
    const tx = event?.effects[0]?.tx
    if (event === undefined || record === undefined || tx === undefined || like === event) return undefined
    const body = { value: like?.deliveries[0]?.record.value ?? null }
    return edited(view.events, { replaced: [{ ...record, ...body }, withoutEffect(event, tx, view)] })
  },
}
