import { until } from '../../core/until.ts'
import { query } from '../../proof/observers/query.ts'
import type { Fault } from '../window.ts'
import type { ConsumerTestbed } from './testbed/consumer-testbed.ts'
import { nameOf, startInstance } from './windows/stop.ts'

/** SIGKILL of the first instance, and its restart. */
export const killConsumer: Fault<ConsumerTestbed> = {
  says: 'the consumer is killed',
  faults: ['kill'],
  // Nobody gets the partitions of a dead member before its session has ended.
  needs: { capabilities: ['kill-service'], expiry: true },
  inject: (testbed) => testbed.faults.kill(testbed.instance),
  heal: (testbed) => testbed.faults.restart(testbed.instance),
}

/** Milliseconds in which a consumer that does not wait for its work would have ended. */
const ENDING = 1_000

/** SIGTERM of the first instance in the middle of its work, and its restart. */
export const stopConsumer: Fault<ConsumerTestbed> = {
  says: 'the consumer is told to end',
  faults: ['stop'],
  needs: { capabilities: ['kill-service'], expiry: true },
  async inject(testbed) {
    const { instance } = testbed
    await testbed.faults.inject('stop', nameOf(instance), 'SIGTERM', async () => {
      const { pid } = instance
      // It may wait for its work, which waits for us.
      void instance.stop()
      await testbed.hold(ENDING)
      return `process ${pid} was told to end`
    })
  },
  async heal(testbed) {
    const { instance } = testbed
    if (!testbed.faults.disarmed('stop'))
      await until(() => !instance.running, { what: `${nameOf(instance)} to end`, deadline: 10_000 })
    await startInstance(testbed, instance)
  },
}

/** The database ends the session that stands at the effect gate; what it was doing rolls back. */
export const endConsumerSession: Fault<ConsumerTestbed> = {
  says: 'the database ends the consumer’s session',
  faults: ['end-session'],
  needs: {},
  async inject(testbed) {
    const { waiting } = testbed
    await testbed.faults.inject('end-session', testbed.markedKey, 'pg_terminate_backend', async () => {
      if (!waiting) return undefined
      await query(testbed.parts.database.url, 'SELECT pg_terminate_backend($1)', [waiting.pid])
      const there = 'SELECT 1 AS here FROM pg_stat_activity WHERE pid = $1'
      await until(async () => (await query(testbed.parts.database.url, there, [waiting.pid])).length === 0, {
        what: `backend ${waiting.pid} to end`,
        deadline: 5_000,
      })
      return `backend ${waiting.pid} (${waiting.applicationName}) was ended by the server`
    })
  },
  heal: (testbed) => testbed.faults.heal('end-session', testbed.markedKey, async () => true),
}
