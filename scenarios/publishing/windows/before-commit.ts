import { markedKey } from '../../marked-key.ts'
import { window } from '../window.ts'
import { committed } from './marked.ts'

/**
 * W1: the service is inside its transaction, before the commit takes effect.
 *
 * The commit gate holds the service's COMMIT in the server; the fault then ends the session or the service. What becomes
 * of the transaction is read from the server: one whose session was ended must have rolled back; where the client died
 * the server may still commit it.
 */
export const beforeCommit = window({
  id: 'W1',
  phrase: 'a commit has not taken effect yet',
  title: 'in the transaction, before the commit',
  held: 'commit gate, then the session is ended or the service killed',
  shown: 'a backend waited at the gate when it was hit, and had not committed',
  needs: { capabilities: ['create-trigger'] },
  faults: [],
  gates: ['commit'],
  async enter(testbed) {
    await testbed.gates.close('commit', testbed.markedKey)
    testbed.placeAside(testbed.markedKey)
    testbed.waitingAtGate = await testbed.gates.waiting('commit', testbed.markedKey, testbed.reach)
  },
  entered(trial) {
    const key = markedKey(trial)
    const waiting = trial.first('gate.waiting', (event) => event.gate === 'commit' && event.key === key)
    const fault = trial.first(
      'fault.took-effect',
      (event) => waiting !== undefined && event.seq > waiting.seq,
    )
    if (!waiting || !fault) return undefined
    const before = committed(trial)
    if (before && before.seq < fault.seq) return undefined
    const fate = trial.first('pg.xact', ({ xid }) => xid === waiting.xid)
    if (!fate || (fault.fault === 'end-session' && fate.status !== 'aborted')) return undefined
    return {
      grade: 'A',
      says: `backend ${waiting.pid} stood in COMMIT when ${fault.target} was hit; transaction ${fate.xid} was ${fate.status}`,
      events: [waiting.seq, fault.seq, fate.seq],
    }
  },
  async release(testbed) {
    await testbed.gates.open('commit', testbed.markedKey)
    await testbed.settleWaiting()
  },
})
