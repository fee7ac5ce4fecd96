import type { Entry, Trial } from '../../../proof/window.ts'
import type { Window } from '../../window.ts'
import type { PublisherTestbed } from '../testbed/publisher-testbed.ts'
import { window } from '../window.ts'
import { committed, markedKey, othersPublished } from './marked.ts'

/** Rounds of another aggregate that must come through while the commit is held: each is a cycle of the relay. */
const CYCLES = 3

/**
 * The commit of the marked aggregate is held open while others commit and are published, some rounds one after the
 * other. A relay that reads uncommitted work, or that remembers how far it got, makes its mistake here.
 */
async function hold(testbed: PublisherTestbed): Promise<void> {
  await testbed.gates.close('commit', testbed.markedKey)
  testbed.placeAside(testbed.markedKey)
  testbed.waitingAtGate = await testbed.gates.waiting('commit', testbed.markedKey, testbed.reach)
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    const { command } = await testbed.load.place(testbed.otherKey)
    await testbed.announced(command)
  }
  await testbed.log.fence()
}

function heldWhileOthersFlowed(
  trial: Trial,
): { waiting: number; opened: number; others: number[] } | undefined {
  const key = markedKey(trial)
  const waiting = trial.first('gate.waiting', (event) => event.gate === 'commit' && event.key === key)
  const opened = trial.first('gate.opened', (event) => event.gate === 'commit' && event.key === key)
  if (!waiting || !opened) return undefined
  const others = othersPublished(trial, waiting.seq).filter(({ seq }) => seq < opened.seq)
  if (others.length < CYCLES) return undefined
  return { waiting: waiting.seq, opened: opened.seq, others: others.slice(0, CYCLES).map(({ seq }) => seq) }
}

const shared = {
  needs: { capabilities: ['create-trigger'] },
  faults: ['commit-gate'],
  enter: hold,
  async release(testbed: PublisherTestbed) {
    await testbed.gates.open('commit', testbed.markedKey)
    await testbed.settleWaiting()
  },
} satisfies Partial<Window<PublisherTestbed>>

/** W6: nothing of a transaction may be on the log while it is not committed. */
export const heldUncommitted = window({
  ...shared,
  id: 'W6',
  phrase: 'a commit is held back and others go on',
  title: 'uncommitted for several cycles of the relay',
  held: 'commit gate',
  shown: 'three changes of another aggregate were published meanwhile',
  entered(trial): Entry | undefined {
    const held = heldWhileOthersFlowed(trial)
    if (!held) return undefined
    return {
      grade: 'A',
      says: `the commit was held while ${CYCLES} later changes were published one after the other`,
      events: [held.waiting, ...held.others, held.opened],
    }
  },
})

/** W7: a transaction that began earlier commits later than others: its rows have lower ids and older timestamps. */
export const lateCommit = window({
  ...shared,
  id: 'W7',
  phrase: 'a change commits later than younger ones',
  title: 'an earlier id commits later',
  held: 'commit gate on one transaction',
  shown: 'higher ids were committed and published before',
  entered(trial): Entry | undefined {
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
