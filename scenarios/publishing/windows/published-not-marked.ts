import type { Entry, Trial } from '../../../proof/window.ts'
import { markedKey } from '../../marked-key.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { window } from '../window.ts'
import { openMarkGate } from './mark-gate.ts'
import { markedDone, published } from './marked.ts'

/**
 * W5: the record is on the log, the outbox row is not marked.
 *
 * Armed by the mark gate: the relay's UPDATE waits for an advisory lock that we hold, so the window stays open for
 * as long as we need instead of the few milliseconds that a watcher would have to hit.
 */
export const publishedNotMarked = window({
  id: 'W5',
  phrase: 'a published record is not marked yet',
  title: 'published, not marked',
  held: 'mark gate',
  shown: 'the record is on the log and a backend waits at the gate',
  needs: { capabilities: ['create-trigger'] },
  faults: [],
  gates: ['mark'],
  async enter(testbed) {
    await testbed.gates.close('mark', testbed.markedKey)
    await testbed.load.place(testbed.markedKey)
    testbed.waitingAtGate = await testbed.gates.waiting('mark', testbed.markedKey, testbed.reach)
    await testbed.log.fence()
  },
  entered(trial) {
    const key = markedKey(trial)
    const waiting = trial.first('gate.waiting', (event) => event.gate === 'mark' && event.key === key)
    const fault = trial.first(
      'fault.took-effect',
      (event) => waiting !== undefined && event.seq > waiting.seq,
    )
    const record = published(trial)
    if (!waiting || !fault || !record || record.seq > fault.seq) return undefined
    const mark = markedDone(trial)
    if (mark && mark.seq < fault.seq) return undefined
    // The server carried out what its client did not live to see.
    if (fault.fault === 'kill' && trial.first('pg.tx', ({ xid }) => xid === waiting.xid) !== undefined)
      return undefined
    return {
      grade: 'A',
      says: `offset ${record.offset} was on the log and backend ${waiting.pid} waited to mark its row when ${fault.target} was hit`,
      events: [record.seq, waiting.seq, fault.seq],
    }
  },
  excluded: marksNothing,
  release: openMarkGate,
})

/** Events that must have been published without a mark. */
const ENOUGH = 20

/** A relay that keeps its place elsewhere has no row to mark: it dies in the windows of the wire. */
function marksNothing(trial: Trial<PublisherView>): Entry | undefined {
  const closed = trial.first('gate.closed', ({ gate }) => gate === 'mark')
  const record = closed && published(trial, closed.seq)
  const expected = trial.view.expectedEvents().filter(({ records }) => records.length > 0)
  if (!closed || !record || trial.view.plan.publisher.outbox?.published !== undefined) return undefined
  if (expected.length < ENOUGH || expected.some(({ mark, touched }) => mark !== undefined || touched))
    return undefined
  return {
    grade: 'B',
    says: `its relay marks no row: ${expected.length} events are on the log, and nothing was changed in a row of theirs, or deleted`,
    events: [closed.seq, record.seq],
  }
}
