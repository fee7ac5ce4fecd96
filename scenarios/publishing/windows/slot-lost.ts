import { query } from '../../../proof/observers/query.ts'
import type { ArmedWindow } from '../../window.ts'
import { committed } from './marked.ts'

/**
 * W11: the connector's replication slot is lost, and changes are committed before there is a new one.
 *
 * The connector is stopped, its slot dropped, the marked aggregate and the load change on, the connector goes on.
 */
export const slotLost: ArmedWindow = {
  id: 'W11',
  title: 'the replication slot is lost',
  needs: { capabilities: ['debezium', 'logical-replication'] },
  instruments: ['drop-slot'],
  async arm(lab) {
    const slot = lab.publisher.slot ?? ''
    await lab.parts.connector?.stop()
    await lab.instruments.strike('drop-slot', slot, 'pg_drop_replication_slot', async () => {
      await query(lab.database.url, 'SELECT pg_drop_replication_slot($1)', [slot])
      lab.history.record({ kind: 'fact', name: 'slot.dropped', subject: slot, value: true })
      await lab.parts.slot?.look()
      return `slot ${slot} is gone`
    })
    await lab.load.place(lab.markedKey)
    await lab.load.place(lab.otherKey)
  },
  entered(trial) {
    const dropped = trial.first('fault.bitten', ({ fault }) => fault === 'drop-slot')
    const back = trial.first('fault.cleared', ({ fault }) => fault === 'drop-slot')
    const tx = committed(trial)
    if (!dropped || !back || !tx || tx.seq < dropped.seq || tx.seq > back.seq) return undefined
    return {
      grade: 'A',
      says: `transaction ${tx.xid} committed while no slot held the WAL for the connector`,
      events: [dropped.seq, tx.seq, back.seq],
    }
  },
  async open(lab) {
    const { connector } = lab.parts
    const back = (async () => {
      await connector?.resume()
      await connector?.capturing(30_000)
      const subject = connector?.name ?? ''
      lab.history.record({ kind: 'fact', name: 'connector.restarted', subject, value: true })
      return true
    })()
    back.catch(() => {})
    await lab.instruments.clear('drop-slot', lab.publisher.slot ?? '', () => back)
    await back
  },
}
