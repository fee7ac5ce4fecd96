import { SCHEMA_DELETED } from '../../../faults/testbed-faults.ts'
import { window } from '../window.ts'
import { committedMeanwhile, placeMeanwhile } from './registry-hurt.ts'

/** Milliseconds: longer than it takes a client that looks its schema up to miss it, and to do what it does then. */
const HOLD = 1_500

/**
 * W27d: the subject of its schema is deleted while orders come, softly, as registries do it: what was written by it can be
 * read, and nobody finds it by its name.
 *
 * A relay that knows the id goes on, and one that registers its schema again has one. One that looks it up has to wait, and
 * must not give up the events that it was to publish.
 */
export const schemaDeleted = window({
  id: 'W27d',
  phrase: 'the schema of its events is deleted',
  title: 'the schema of its events is deleted',
  held: 'the subject is deleted at the registry',
  shown: 'the registry had no version of the subject when the xid committed',
  needs: {},
  faults: [SCHEMA_DELETED.name],
  traits: ['may-pass-by'],
  once: true,
  async enter(testbed) {
    const { faults, publisher, parts } = testbed
    await faults.inject(SCHEMA_DELETED, publisher.name, 'its subject is deleted, softly', async () => {
      const deleted = (await parts.subjects?.delete()) ?? []
      return deleted.length === 0 ? undefined : `the registry has no version of ${deleted.join(', ')}`
    })
    await placeMeanwhile(testbed, HOLD)
  },
  entered(trial) {
    const seen = committedMeanwhile(trial, SCHEMA_DELETED)
    if (seen === undefined) return undefined
    const { away, tx, back } = seen
    return {
      grade: 'A',
      says: `transaction ${tx.xid} was committed while ${away.evidence}`,
      events: [away.seq, tx.seq, back.seq],
    }
  },
  release: ({ faults, publisher, parts: { subjects } }) =>
    faults.heal(SCHEMA_DELETED.name, publisher.name, async () => (await subjects?.restore()) ?? false),
})
