import type { Pool } from 'pg'
import type { Measure } from './measure.ts'

/** For how long the oldest event waits that the relay should have published. What it gave up on is told elsewhere. */
export function outboxAge(database: Pool): Measure<never> {
  return {
    name: 'outbox_oldest_unpublished_seconds',
    help: 'Age of the oldest event of the outbox that is not published',
    labels: [],
    async read() {
      const { rows } = await database.query<{ age: string }>(
        `SELECT coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0) AS age
           FROM outbox_events WHERE NOT published AND parked_at IS NULL`,
      )
      return rows.map(({ age }) => ({ labels: {}, value: Number(age) }))
    },
  }
}
