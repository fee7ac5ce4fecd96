import type { Mutation } from '../../../proof/mutation.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/** OA8: a record comes after its bound, and everything behind it too. */
export const delayRecord: Mutation<PublisherView> = {
  predicate: 'OA8',
  says: 'delay a record past the recovery bound',
  names: ['stalled-relay', 'poisoned-relay'],
  applies: () => true,
  apply(view) {
    const record = view.expectedEvents().findLast(({ tx, records }) => {
      const first = records[0]
      if (first === undefined || first.expected?.tx !== tx || first.record.seq < tx.event.seq) return false
      const last = view.disturbances.before(first.record.seq)
      return last === undefined || (last.active === 0 && last.seq < first.record.seq)
    })?.records[0]?.record
    if (record === undefined) return undefined
    const late = Math.max(view.plan.bounds.recovery, view.plan.bounds.headOfLine) + 1000
    return view.events.map((event) => (event.seq < record.seq ? event : { ...event, at: event.at + late }))
  },
}
