import { capturingAgain } from '../../../faults/capture.ts'
import { query } from '../../../proof/observers/query.ts'
import { window } from '../window.ts'
import { committed } from './marked.ts'

/**
 * W11: the connector's replication slot is lost, and changes are committed before there is a new one.
 *
 * The connector is stopped, its slot dropped, the marked aggregate and the load change on, the connector goes on.
 */
export const slotLost = window({
  id: 'W11',
  phrase: 'the stream’s position in the database is lost',
  title: 'the replication slot is lost',
  held: 'connector stopped, slot dropped',
  shown: 'a transaction committed while no slot held the WAL',
  needs: { capabilities: ['debezium', 'logical-replication'] },
  faults: ['drop-slot'],
  async enter(testbed) {
    const slot = testbed.publisher.slot ?? ''
    await testbed.parts.connector?.stop()
    await testbed.faults.inject('drop-slot', slot, 'pg_drop_replication_slot', async () => {
      await query(testbed.database.url('host'), 'SELECT pg_drop_replication_slot($1)', [slot])
      testbed.history.record({ kind: 'fact', name: 'slot.dropped', subject: slot, value: true })
      await testbed.parts.slot?.look()
      return `slot ${slot} is gone`
    })
    await testbed.load.place(testbed.markedKey)
    await testbed.load.place(testbed.otherKey)
  },
  entered(trial) {
    const dropped = trial.first('fault.took-effect', ({ fault }) => fault === 'drop-slot')
    const back = trial.first('fault.healed', ({ fault }) => fault === 'drop-slot')
    const tx = committed(trial)
    if (!dropped || !back || !tx || tx.seq < dropped.seq || tx.seq > back.seq) return undefined
    return {
      grade: 'A',
      says: `transaction ${tx.xid} committed while no slot held the WAL for the connector`,
      events: [dropped.seq, tx.seq, back.seq],
    }
  },
  async release(testbed) {
    // It was stopped also where the slot was not dropped: a fault that is switched off is not healed.
    const back = (async () => {
      await testbed.parts.connector?.resume()
      return capturingAgain(testbed.targets.connector(), 'connector')
    })()
    back.catch(() => {})
    await testbed.faults.heal('drop-slot', testbed.publisher.slot ?? '', () => back)
    await back
  },
})
