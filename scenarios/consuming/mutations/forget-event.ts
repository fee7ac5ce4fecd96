import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { endOfWal, rowsOf } from './rows.ts'

/** IC7: what is remembered of an event that came in copies is deleted, and a copy takes effect. */
export const forgetEvent: Mutation<ConsumerView> = {
  predicate: 'IC7',
  says: 'delete what is remembered of an event and apply a copy of it',
  names: ['dedupe-expired'],
  applies: (view) => view.plan.consumer.dedupe !== undefined && candidates(view).length > 0,
  apply(view) {
    const { dedupe } = view.plan.consumer
    const [event] = candidates(view)
    const tx = event && view.standing(event)[0]?.tx
    if (event === undefined || tx === undefined || dedupe === undefined) return undefined
    const lsn = endOfWal(view)
    const forgotten = { table: dedupe.table, op: 'delete', before: { [dedupe.eventId]: event.id } } as const
    const lsns = { beginLsn: lsn, commitLsn: lsn + 1, xid: `${tx.xid}-mutated`, messages: [] }
    return mutated(view.events, {
      added: [
        {
          ...tx,
          ...lsns,
          seq: tx.seq + 0.5,
          rows: [forgotten, ...rowsOf(event, tx, view.plan.consumer.effects)],
        },
      ],
    })
  },
}

function candidates(view: ConsumerView) {
  return view.consumed.filter(
    (event) => event.deliveries.length > 1 && view.standing(event).length === 1 && event.effects.length === 1,
  )
}
