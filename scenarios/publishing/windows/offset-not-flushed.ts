import { until } from '../../../core/until.ts'
import { RARE_FLUSH } from '../../../faults/connect-killed.ts'
import { subjectBack } from '../../../faults/subject-back.ts'
import { markedKey } from '../../marked-key.ts'
import type { PublisherTestbed } from '../testbed/publisher-testbed.ts'
import { window } from '../window.ts'
import { committed, published } from './marked.ts'

/**
 * W10: the connector has published, and Connect has not stored how far it got.
 *
 * Connect runs with its own default of a minute between two flushes; the record is seen, and the slot still stands
 * before its commit when the worker is killed.
 */
export const offsetNotFlushed = window({
  id: 'W10',
  phrase: 'a published record’s position is not stored yet',
  title: 'published, Connect’s offset not stored',
  held: 'a minute between two flushes, Connect killed after the record',
  shown: 'the record is on the log, the slot was confirmed only to before its commit',
  needs: { capabilities: ['debezium', 'kill-connect'], exclusive: 'connect' },
  faults: [],
  async enter(testbed) {
    if (testbed.trial === 1 && !testbed.faults.disarmed('kill-connect')) await flushRarely(testbed)
    await testbed.load.place(testbed.markedKey)
    await testbed.stored(testbed.markedKey)
    await testbed.parts.slot?.look()
  },
  entered(trial) {
    const tx = committed(trial)
    const record = published(trial)
    const fault = trial.first('fault.took-effect', ({ fault }) => fault === 'kill-connect')
    if (!tx || !record || !fault || record.seq > fault.seq) return undefined
    const slot = trial.history.findLast(
      (event) => event.kind === 'pg.slot' && event.seq < fault.seq && event.active,
    )
    if (slot?.kind !== 'pg.slot' || slot.confirmedFlushLsn === null || slot.confirmedFlushLsn > tx.commitLsn)
      return undefined
    return {
      grade: 'A',
      says: `${markedKey(trial)}'s record was at offset ${record.offset} while the slot was confirmed only to ${slot.confirmedFlushLsn}, not past its commit at ${tx.commitLsn}`,
      events: [tx.seq, record.seq, slot.seq, fault.seq],
    }
  },
  async release() {},
})

/**
 * The worker begins anew with rare flushes: a restart like any other, which may repeat what was not flushed. Not
 * before it has stored a first position: without one Debezium reads the outbox table again, and where rows are deleted
 * as soon as they are written, or messages have no table, it passes over all that the slot still holds.
 */
async function flushRarely(testbed: PublisherTestbed): Promise<void> {
  const { parts, history } = testbed
  const last = testbed.view.expectedEvents().at(-1)?.tx.commitLsn ?? 0
  await until(async () => ((await parts.slot?.look())?.confirmedFlushLsn ?? 0) > last, {
    what: 'the connector’s first position to be stored',
    deadline: testbed.reach,
    every: 50,
  })
  await parts.connect?.kill()
  await parts.connect?.restart({ offsetFlushInterval: RARE_FLUSH })
  const again = parts.connector?.capturing(30_000) ?? Promise.resolve(0)
  await subjectBack(again, (event) => history.record(event))
  history.record({ kind: 'fact', name: 'component.restarted', subject: 'connect', value: 'connect' })
}
