import { healRegistry, hurtRegistry, registryClosed } from '../../testbed/registry-hurt.ts'
import { window } from '../window.ts'
import { committedMeanwhile, placeMeanwhile, registryUser } from './registry-hurt.ts'

/** Milliseconds: longer than it takes a client to be refused, and to do what it does then. */
const HOLD = 1_500

/**
 * W27: nobody answers at the schema registry's address while orders come.
 *
 * A relay that knows the id of its schema goes on. One that asks for it again has to wait, and must not give up the events
 * that it was to publish.
 */
export const registryAway = window({
  id: 'W27',
  phrase: 'the schema registry is out of reach',
  title: 'the schema registry is out of reach',
  held: 'the relay’s way to the registry is closed',
  shown: 'nobody answered at the registry’s address when the xid committed',
  needs: {},
  faults: [registryClosed.fault.name],
  traits: ['may-pass-by'],
  async enter(testbed) {
    await hurtRegistry(registryUser(testbed), registryClosed)
    await placeMeanwhile(testbed, HOLD)
  },
  entered(trial) {
    const seen = committedMeanwhile(trial, registryClosed.fault)
    if (seen === undefined) return undefined
    const { away, tx, back } = seen
    return {
      grade: 'A',
      says: `transaction ${tx.xid} was committed while ${away.evidence}`,
      events: [away.seq, tx.seq, back.seq],
    }
  },
  release: (testbed) => healRegistry(registryUser(testbed), registryClosed),
})
