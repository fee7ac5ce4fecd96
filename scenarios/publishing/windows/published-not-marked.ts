import type { ArmedWindow } from '../../window.ts'
import { markedDone, markedKey, published } from './marked.ts'

/**
 * W5: the record is on the log, the outbox row is not marked.
 *
 * Armed by the mark gate: the relay's UPDATE waits for an advisory lock that we hold, so the window stays open for
 * as long as we need instead of the few milliseconds that a watcher would have to hit.
 */
export const publishedNotMarked: ArmedWindow = {
  id: 'W5',
  title: 'published, not marked',
  needs: { capabilities: ['create-trigger'] },
  instruments: ['mark-gate'],
  async arm(lab) {
    await lab.gates.close('mark', lab.markedKey)
    await lab.load.place(lab.markedKey)
    lab.waitingAtGate = await lab.gates.waiting('mark', lab.markedKey, lab.reach)
    await lab.log.fence()
  },
  entered(trial) {
    const key = markedKey(trial)
    const waiting = trial.first('gate.waiting', (event) => event.gate === 'mark' && event.key === key)
    const bite = trial.first('fault.bitten', (event) => waiting !== undefined && event.seq > waiting.seq)
    const record = published(trial)
    if (!waiting || !bite || !record || record.seq > bite.seq) return undefined
    const mark = markedDone(trial)
    if (mark && mark.seq < bite.seq) return undefined
    return {
      grade: 'A',
      says: `offset ${record.offset} was on the log and backend ${waiting.pid} waited to mark its row when ${bite.target} was hit`,
      events: [record.seq, waiting.seq, bite.seq],
    }
  },
  open: (lab) => lab.gates.open('mark', lab.markedKey),
}
