import { query } from '../../../proof/observers/query.ts'
import type { PublisherTestbed } from '../testbed/publisher-testbed.ts'
import { changesOf } from '../view/about.ts'
import { window } from '../window.ts'
import { published } from './marked.ts'
import { keptApart, overlapOf } from './overlap.ts'

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    /** The backend that waits for the one at the write gate. */
    'session.waits': number
  }
}

/** Milliseconds that the second change has to commit while the first one waits. */
const OVERTAKES = 2_000
/** Milliseconds from the last commit to the link: what a relay took up before is given up, or waits to be sent first. */
const HOLD = 1_000

/**
 * W28: of two transactions on one aggregate the one that began first commits last.
 *
 * The write gate holds the first one before it writes to the business table; the second one passes it and commits, then
 * the first one goes on. The relay can't send meanwhile: it is busy with the event of a change before, so that it meets
 * both. Time and number of an event that were taken when its transaction began, or before it locked its aggregate, do not
 * follow the commits here. Nothing else may come to the gate: the load flows behind.
 */
export const overlappingChanges = window({
  id: 'W28',
  phrase: 'of two changes that overlap the later one commits first',
  title: 'two changes of an aggregate overlap',
  held: 'Kafka link cut, then the write gate on the first of two changes',
  shown:
    'the first transaction waited before the second one was asked for, and committed after it; no record of them until the link healed',
  needs: { capabilities: ['create-trigger', 'links'], links: ['relay→kafka'] },
  faults: ['link'],
  gates: ['write'],
  alone: true,
  async enter(testbed) {
    const { gates, load, markedKey: key } = testbed
    await testbed.faults.cut(testbed.link('relay→kafka'))
    const made = changed(testbed)
    await load.place(key)
    await testbed.patience.until(`the commit of ${key}`, made)
    await gates.close('write', key)
    testbed.placeAside(key)
    testbed.waitingAtGate = await gates.waiting('write', key, testbed.reach)
    const overtaken = changed(testbed)
    const second = load.place(key)
    second.catch(() => {})
    const what = `another change of ${key} to commit`
    const overtook = await testbed.patience.within(what, overtaken, { deadline: OVERTAKES, every: 10 })
    if (!overtook) await noteWaiting(testbed)
    await gates.open('write', key)
    await testbed.settleWaiting()
    await second
    if (overtook) await testbed.hold(HOLD)
  },
  entered(trial) {
    const overlap = overlapOf(trial)
    if (overlap?.early === undefined || overlap.late === undefined || !overlap.same) return undefined
    const { waiting, asked, early, late } = overlap
    const healed = trial.first('fault.healed', ({ fault, seq }) => fault === 'link' && seq > late.seq)
    const record = published(trial, waiting.seq)
    if (!healed || (record && record.seq < healed.seq)) return undefined
    return {
      grade: 'A',
      says: `transaction ${late.xid} had begun when the change of ${early.xid} was asked for, and committed after it; neither event was on the log until the link healed`,
      events: [waiting.seq, asked.seq, early.seq, late.seq, healed.seq],
    }
  },
  excluded: (trial) => keptApart(trial, OVERTAKES),
  async release(testbed) {
    await testbed.gates.open('write', testbed.markedKey)
    await testbed.faults.healLink(testbed.link('relay→kafka'))
    await testbed.settleWaiting()
  },
})

/** Looks for a change of the marked aggregate that is committed from now on. */
function changed(testbed: PublisherTestbed): () => boolean {
  const { history, markedKey } = testbed
  const from = history.events.at(-1)?.seq ?? 0
  return () => {
    const isChange = changesOf(markedKey, testbed.view)
    return history.first('pg.tx', ({ seq, rows }) => seq > from && rows.some(isChange)) !== undefined
  }
}

/** Somebody waits in the database for the transaction at the gate: written down, with its backend. */
async function noteWaiting({ database, history, markedKey, waitingAtGate }: PublisherTestbed): Promise<void> {
  const [row] = await query(
    database.url('host'),
    'SELECT pid FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid)) LIMIT 1',
    [waitingAtGate?.pid],
  )
  if (row === undefined) return
  history.record({ kind: 'fact', name: 'session.waits', subject: markedKey, value: Number(row.pid) })
}
