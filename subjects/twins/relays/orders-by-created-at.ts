import type { OutboxRow } from '../../reference/relay/outbox-row.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// O54: publishes in the order of created_at. now() is when a transaction began: of two that overlap it is not the order of commits.
// B103: the same where created_at is the time of insertion, behind the lock of the aggregate.
const setup = relayFromEnvironment()

runRelay({
  ...setup,
  moveBatch: setup.withSteps({
    async claim(tx) {
      const lanes = await tx.query<{ lane: number }>('SELECT lane FROM outbox_lanes FOR UPDATE SKIP LOCKED')
      const { rows } = await tx.query<OutboxRow>(
        `SELECT id, aggregate_type AS "aggregateType", aggregate_id AS "aggregateId", event_type AS "eventType",
                payload, traceparent, created_at AS "createdAt"
           FROM outbox_events WHERE NOT published AND parked_at IS NULL AND lane = ANY ($1::smallint[])
          ORDER BY created_at LIMIT 100`,
        [lanes.rows.map(({ lane }) => lane)],
      )
      return rows
    },
  }),
})
