import { REGISTRY_AWAY } from '../../../faults/testbed-faults.ts'
import { window } from '../window.ts'
import {
  closeRegistry,
  committedMeanwhile,
  isBetween,
  placeMeanwhile,
  reopenRegistry,
} from './registry-closed.ts'

/** Milliseconds: longer than it takes a relay to start, be refused, and do what it does then. */
const HOLD = 2_500

/**
 * W27a: the relay starts and knows no schema's id yet, and nobody answers at the registry's address.
 *
 * It may wait, or end and be started anew, as a supervisor would do. It must not write a record without an id, or mark an
 * event that it did not write.
 */
export const registryAwayAtStart = window({
  id: 'W27a',
  phrase: 'the relay starts while the schema registry is out of reach',
  title: 'the relay starts without the schema registry',
  held: 'SIGKILL; the relay’s way to the registry is closed; start',
  shown: 'the relay was started, and the xid committed, while nobody answered at the registry’s address',
  needs: { capabilities: ['kill-service'] },
  faults: ['kill', REGISTRY_AWAY.name],
  once: true,
  async enter(testbed) {
    const { faults, relay } = testbed
    await faults.kill(relay)
    await closeRegistry(testbed)
    // Whether it becomes ready without the registry is its own affair.
    const starting = relay.restart().catch(() => {})
    await placeMeanwhile(testbed, HOLD)
    if (!(await isOver(starting))) await relay.kill()
    await starting
  },
  entered(trial) {
    const seen = committedMeanwhile(trial)
    if (seen === undefined) return undefined
    const { away, tx, back } = seen
    const started = trial.first('proc', (proc) => proc.event === 'started' && isBetween(proc, away, back))
    if (started === undefined) return undefined
    return {
      grade: 'A',
      says: `${started.id} was started and transaction ${tx.xid} was committed while ${away.evidence}`,
      events: [away.seq, started.seq, tx.seq, back.seq],
    }
  },
  async release(testbed) {
    await reopenRegistry(testbed)
    const { faults, relay } = testbed
    if (relay.running) await faults.healLast('kill', async () => {})
    else await faults.restart(relay)
  },
})

/** Whether it has come to an end by now. */
async function isOver(promise: Promise<void>): Promise<boolean> {
  const now = Symbol()
  return (await Promise.race([promise, Promise.resolve(now)])) !== now
}
