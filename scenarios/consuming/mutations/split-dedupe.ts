import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { endOfWal, isMemory } from './rows.ts'

/** IC2: the dedupe row of an event is written by a transaction of its own. */
export const splitDedupe: Mutation<ConsumerView> = {
  predicate: 'IC2',
  says: 'move a dedupe row into a transaction of its own',
  names: ['split-dedup'],
  applies: (view) =>
    view.plan.consumer.dedupe !== undefined && view.consumed.some(({ effects }) => effects.length > 0),
  apply(view) {
    for (const event of view.consumed) {
      const tx = view.standing(event)[0]?.tx
      const memories = tx?.rows.filter((row) => isMemory(row, event, view)) ?? []
      if (tx === undefined || memories.length === 0) continue
      const commitLsn = endOfWal(view)
      return mutated(view.events, {
        replaced: [{ ...tx, rows: tx.rows.filter((row) => !memories.includes(row)) }],
        added: [
          {
            ...tx,
            seq: tx.seq + 0.5,
            xid: `${tx.xid}-mutated`,
            beginLsn: commitLsn - 1,
            commitLsn,
            rows: memories,
            messages: [],
          },
        ],
      })
    }
    return undefined
  },
}
