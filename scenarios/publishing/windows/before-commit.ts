import type { ArmedWindow } from '../../window.ts'
import { committed, markedKey } from './marked.ts'

/**
 * W1: the service is inside its transaction, before the commit takes effect.
 *
 * The commit gate holds the service's COMMIT in the server; the bite then ends the session or the service. What becomes
 * of the transaction is read from the server: one whose session was ended must have rolled back; where the client died
 * the server may still commit it.
 */
export const beforeCommit: ArmedWindow = {
  id: 'W1',
  title: 'in the transaction, before the commit',
  needs: { capabilities: ['create-trigger'] },
  instruments: ['commit-gate'],
  async arm(lab) {
    await lab.gates.close('commit', lab.markedKey)
    lab.placeAside(lab.markedKey)
    lab.waitingAtGate = await lab.gates.waiting('commit', lab.markedKey, lab.reach)
  },
  entered(trial) {
    const key = markedKey(trial)
    const waiting = trial.first('gate.waiting', (event) => event.gate === 'commit' && event.key === key)
    const bite = trial.first('fault.bitten', (event) => waiting !== undefined && event.seq > waiting.seq)
    if (!waiting || !bite) return undefined
    const before = committed(trial)
    if (before && before.seq < bite.seq) return undefined
    const fate = trial.first('pg.xact', ({ xid }) => xid === waiting.xid)
    if (!fate || (bite.fault === 'end-session' && fate.status !== 'aborted')) return undefined
    return {
      grade: 'A',
      says: `backend ${waiting.pid} stood in COMMIT when ${bite.target} was hit; transaction ${fate.xid} was ${fate.status}`,
      events: [waiting.seq, bite.seq, fate.seq],
    }
  },
  async open(lab) {
    await lab.gates.open('commit', lab.markedKey)
    await lab.settleWaiting()
  },
}
