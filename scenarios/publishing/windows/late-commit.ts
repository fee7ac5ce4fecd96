import { window } from '../window.ts'
import { heldCommit, heldWhileOthersFlowed } from './held-commit.ts'
import { committed } from './marked.ts'

/** W7: a transaction that began earlier commits later than others: its rows have lower ids and older timestamps. */
export const lateCommit = window({
  ...heldCommit,
  id: 'W7',
  phrase: 'a change commits later than younger ones',
  title: 'an earlier id commits later',
  held: 'commit gate on one transaction',
  shown: 'higher ids were committed and published before',
  entered(trial) {
    const held = heldWhileOthersFlowed(trial)
    const tx = committed(trial)
    if (!held || !tx || tx.seq < held.opened) return undefined
    return {
      grade: 'A',
      says: `later transactions were published before transaction ${tx.xid} committed`,
      events: [held.waiting, ...held.others, held.opened, tx.seq],
    }
  },
})
