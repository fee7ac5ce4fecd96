import type { Entry, Trial } from '../../../proof/window.ts'
import { markedKey } from '../../marked-key.ts'
import type { Window } from '../../window.ts'
import type { PublisherTestbed } from '../testbed/publisher-testbed.ts'
import type { ExpectedEvent } from '../view/expected-event.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { othersPublished } from './marked.ts'

/** Rounds of another aggregate that must come through while the commit is held: each is a cycle of the relay. */
export const CYCLES = 3

/**
 * The commit of the marked aggregate is held open while others commit and are published, some rounds one after the
 * other. A relay that reads uncommitted work, or that remembers how far it got, makes its mistake here.
 */
async function enter(testbed: PublisherTestbed): Promise<void> {
  await testbed.gates.close('commit', testbed.markedKey)
  testbed.placeAside(testbed.markedKey)
  testbed.waitingAtGate = await testbed.gates.waiting('commit', testbed.markedKey, testbed.reach)
  for (let cycle = 0; cycle < CYCLES; cycle++) {
    const { command } = await testbed.load.place(testbed.otherKey)
    await testbed.announced(command)
  }
  await testbed.log.fence()
}

/** `seq` of the wait at the gate, of the records that came through meanwhile, and of the gate's opening. */
export function heldWhileOthersFlowed(
  trial: Trial<PublisherView>,
): { readonly waiting: number; readonly opened: number; readonly others: readonly number[] } | undefined {
  const key = markedKey(trial)
  const waiting = trial.first('gate.waiting', (event) => event.gate === 'commit' && event.key === key)
  const opened = trial.first('gate.opened', (event) => event.gate === 'commit' && event.key === key)
  if (!waiting || !opened) return undefined
  const others = othersPublished(trial, waiting.seq).filter(({ seq }) => seq < opened.seq)
  if (others.length < CYCLES) return undefined
  return { waiting: waiting.seq, opened: opened.seq, others: others.slice(0, CYCLES).map(({ seq }) => seq) }
}

/** Milliseconds that others must have waited, and how many times as long as events waited before. */
const WAITED = 5_000
const TIMES = 5
/** So many of them. */
const OTHERS = 3

/** A relay that publishes nothing while a transaction is open that began before: no commit comes too late for it. */
function waitsForOlder(trial: Trial<PublisherView>): Entry | undefined {
  const key = markedKey(trial)
  const waiting = trial.first('gate.waiting', (event) => event.gate === 'commit' && event.key === key)
  const opened = trial.first('gate.opened', (event) => event.gate === 'commit' && event.key === key)
  if (!waiting || !opened || opened.at - waiting.at < WAITED) return undefined
  const meanwhile = trial.view
    .expectedEvents()
    .filter(({ tx: { event } }) => event.seq > waiting.seq && event.at < opened.at - WAITED)
  const usual = trial.view
    .expectedEvents()
    .flatMap(({ tx, records: [record] }) =>
      record !== undefined && record.record.seq < waiting.seq ? record.record.at - tx.event.at : [],
    )
  if (opened.at - waiting.at < TIMES * Math.max(0, ...usual) || meanwhile.length < OTHERS) return undefined
  const [first] = meanwhile
  const last = meanwhile.flatMap(({ records }) => records[0]?.record ?? []).at(-1)
  const after = ({ records: [record] }: ExpectedEvent) =>
    record !== undefined && record.record.seq > opened.seq
  if (first === undefined || last === undefined || !meanwhile.every(after)) return undefined
  return {
    grade: 'B',
    says: `its relay waits for transactions that began earlier: ${meanwhile.length} changes were committed while ${waiting.xid} stood in COMMIT, none of them was published for ${((opened.at - waiting.at) / 1000).toFixed(1)} s, and all of them were when it had committed`,
    events: [waiting.seq, first.tx.event.seq, opened.seq, last.seq],
  }
}

/** What windows share in which the marked aggregate's commit is held. */
export const heldCommit = {
  needs: { capabilities: ['create-trigger'] },
  faults: [],
  gates: ['commit'],
  enter,
  excluded: waitsForOlder,
  async release(testbed: PublisherTestbed) {
    await testbed.gates.open('commit', testbed.markedKey)
    await testbed.settleWaiting()
  },
} satisfies Partial<Window<PublisherTestbed>>
