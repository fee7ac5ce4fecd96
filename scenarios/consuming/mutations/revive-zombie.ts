import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { endOfWal, rowsOf } from './rows.ts'
import { applied, behind, groupState, probeName } from './victims.ts'

/** IC4: whoever stood at the effect gate while his partition moved applies its event once more. */
export const reviveZombie: Mutation<ConsumerView> = {
  predicate: 'IC4',
  says: 'let a member that lost its partition apply an event once more',
  names: ['zombie-effect'],
  applies: (view) => view.plan.consumer.progress === 'kafka',
  apply(view) {
    const [event] = applied(view)
    const tx = event?.effects[0]?.tx
    const partition = event?.deliveries[0]?.record.partition
    if (event === undefined || tx === undefined || partition === undefined) return undefined
    const key = probeName(event, view)
    const xid = `${tx.xid}-mutated`
    const gate = (n: number) => ({ ...behind(view, n), gate: 'effect', key }) as const
    const commitLsn = endOfWal(view)
    const rows = rowsOf(event, tx, view.plan.consumer.effects)
    return mutated(view.events, {
      added: [
        { ...gate(1), kind: 'gate.closed' },
        groupState(view, 2, { first: [partition] }),
        { ...gate(3), kind: 'gate.waiting', pid: 0, applicationName: '', xid, query: 'COMMIT' },
        groupState(view, 4, { second: [partition] }),
        { ...gate(5), kind: 'gate.opened' },
        { ...tx, ...behind(view, 6), xid, beginLsn: commitLsn - 1, commitLsn, rows, messages: [] },
      ],
    })
  },
}
