import { inOffsetOrder } from '../../checkers/consume/order-per-key.ts'
import { isDiverted, isFailing, keyOf } from '../../history/consumed-event.ts'
import type { ConsumerView } from '../../history/consumer-view.ts'
import type { EventOf } from '../../history/event.ts'
import { type Edit, edited } from '../edit.ts'

/** OR3: the effects of two events of a key change places. */
export const swapEffects: Edit<ConsumerView> = {
  checker: 'OR3',
  says: 'swap the effects of two events of a key',
  names: ['apply-inversion'],
  applies: (view) => view.plan.consumer.order === 'per-key',
  apply(view) {
    const earlier = new Map<string, EventOf<'pg.tx'>>()
    for (const { event, tx } of inOffsetOrder(view, (event) => !isDiverted(event) && !isFailing(event))) {
      const place = `${event.deliveries[0]?.record.partition} ${keyOf(event)}`
      const before = earlier.get(place)
      if (before !== undefined && before !== tx) {
        const replaced = [
          { ...before, commitLsn: tx.commitLsn },
          { ...tx, commitLsn: before.commitLsn },
        ]
        return edited(view.events, { replaced })
      }
      earlier.set(place, tx)
    }
    return undefined
  },
}
