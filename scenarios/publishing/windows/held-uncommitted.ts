import { window } from '../window.ts'
import { CYCLES, heldCommit, heldWhileOthersFlowed } from './held-commit.ts'

/** W6: nothing of a transaction may be on the log while it is not committed. */
export const heldUncommitted = window({
  ...heldCommit,
  id: 'W6',
  phrase: 'a commit is held back and others go on',
  title: 'uncommitted for several cycles of the relay',
  held: 'commit gate',
  shown: 'three changes of another aggregate were published meanwhile',
  entered(trial) {
    const held = heldWhileOthersFlowed(trial)
    if (!held) return undefined
    return {
      grade: 'A',
      says: `the commit was held while ${CYCLES} later changes were published one after the other`,
      events: [held.waiting, ...held.others, held.opened],
    }
  },
})
