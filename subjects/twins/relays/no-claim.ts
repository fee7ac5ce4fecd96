import type { OutboxRow } from '../../reference/relay/outbox-row.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// O19: reads what is pending without locking it. Two of them publish everything twice.
const setup = relayFromEnvironment()

runRelay({
  ...setup,
  moveBatch: setup.withSteps({
    async claim(tx) {
      const { rows } = await tx.query<OutboxRow>(
        `SELECT id, aggregate_type AS "aggregateType", aggregate_id AS "aggregateId", event_type AS "eventType",
                payload, traceparent, created_at AS "createdAt"
           FROM outbox_events WHERE NOT published AND parked_at IS NULL ORDER BY sequence LIMIT 100`,
      )
      return rows
    },
  }),
})
