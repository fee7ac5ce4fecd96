import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { endOfWal, rowsOf } from './rows.ts'

/** IC1: an event is applied a second time. */
export const doubleEffect: Mutation<ConsumerView> = {
  predicate: 'IC1',
  says: 'apply an event a second time',
  names: ['duplicate-effect'],
  applies: (view) => view.consumed.some((event) => view.standing(event).length > 0),
  apply(view) {
    const event = view.consumed.find((one) => one.deliveries.length > 0 && view.standing(one).length === 1)
    const effect = event && view.standing(event)[0]
    if (event === undefined || effect === undefined) return undefined
    const { tx } = effect
    const again = rowsOf(event, tx, view.plan.consumer.effects)
    if (again.length === 0) return undefined
    const commitLsn = endOfWal(view)
    return mutated(view.events, {
      added: [
        {
          ...tx,
          seq: tx.seq + 0.5,
          xid: `${tx.xid}-mutated`,
          beginLsn: commitLsn - 1,
          commitLsn,
          rows: again,
          messages: [],
        },
      ],
    })
  },
}
