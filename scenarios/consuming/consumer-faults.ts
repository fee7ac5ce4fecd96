import { until } from '../../core/until.ts'
import { query } from '../../proof/observers/query.ts'
import type { ConsumerLaboratory } from './testbed/consumer-testbed.ts'
import { nameOf, startInstance } from './windows/stop.ts'
import type { Bite } from '../window.ts'

/** SIGKILL of the first instance, and its restart. */
export const killConsumer: Bite<ConsumerLaboratory> = {
  says: 'the consumer is killed',
  instruments: ['kill'],
  // Nobody gets the partitions of a dead member before its session has ended.
  needs: { capabilities: ['kill-service'], expiry: true },
  strike: (lab) => lab.instruments.kill(lab.instance),
  recover: (lab) => lab.instruments.restart(lab.instance),
}

/** Milliseconds in which a consumer that does not wait for its work would have ended. */
const ENDING = 1_000

/** SIGTERM of the first instance in the middle of its work, and its restart. */
export const stopConsumer: Bite<ConsumerLaboratory> = {
  says: 'the consumer is told to end',
  instruments: ['stop'],
  needs: { capabilities: ['kill-service'], expiry: true },
  async strike(lab) {
    const { instance } = lab
    await lab.instruments.strike('stop', nameOf(instance), 'SIGTERM', async () => {
      const { pid } = instance
      // It may wait for its work, which waits for us.
      void instance.stop()
      await lab.hold(ENDING)
      return `process ${pid} was told to end`
    })
  },
  async recover(lab) {
    const { instance } = lab
    if (!lab.instruments.disarmed('stop'))
      await until(() => !instance.running, { what: `${nameOf(instance)} to end`, deadline: 10_000 })
    await startInstance(lab, instance)
  },
}

/** The database ends the session that stands at the effect gate; what it was doing rolls back. */
export const endConsumerSession: Bite<ConsumerLaboratory> = {
  says: 'the database ends the consumer’s session',
  instruments: ['end-session'],
  needs: {},
  async strike(lab) {
    const { waiting } = lab
    await lab.instruments.strike('end-session', lab.markedKey, 'pg_terminate_backend', async () => {
      if (!waiting) return undefined
      await query(lab.parts.database.url, 'SELECT pg_terminate_backend($1)', [waiting.pid])
      const there = 'SELECT 1 AS here FROM pg_stat_activity WHERE pid = $1'
      await until(async () => (await query(lab.parts.database.url, there, [waiting.pid])).length === 0, {
        what: `backend ${waiting.pid} to end`,
        deadline: 5_000,
      })
      return `backend ${waiting.pid} (${waiting.applicationName}) was ended by the server`
    })
  },
  recover: (lab) => lab.instruments.clear('end-session', lab.markedKey, async () => true),
}
