import { ordersFromEnvironment, serveOrders } from '../../reference/orders/setup.ts'
import type { OutboxRow } from '../../reference/relay/outbox-row.ts'
import { startRelay } from '../../reference/relay/relay.ts'
import { relayFromEnvironment } from '../../reference/relay/setup.ts'

// B41: the order service moves its events itself, on a timer. It claims by a status and a time in the row, commits that,
// publishes, and says in the same column that a row is sent. A claim is longer than a request of its producer can last.
const relay = relayFromEnvironment()
const { database, publish } = relay.steps

// The head of each aggregate only: what follows is claimed when the head is sent.
const CLAIM = `
  UPDATE outbox_events o SET status = 'CLAIMED', locked_until = now() + interval '10 seconds'
   WHERE id IN (
     SELECT id FROM outbox_events e
      WHERE (status = 'NEW' OR (status = 'CLAIMED' AND locked_until < now()))
        AND NOT EXISTS (SELECT FROM outbox_events earlier
                         WHERE earlier.aggregate_id = e.aggregate_id AND earlier.sequence < e.sequence
                           AND earlier.status NOT IN ('SENT', 'FAILED'))
      ORDER BY sequence LIMIT 500 FOR UPDATE SKIP LOCKED)
  RETURNING id, aggregate_type AS "aggregateType", aggregate_id AS "aggregateId", event_type AS "eventType",
            payload, traceparent, causation_id AS "causationId", created_at AS "createdAt"`

async function moveBatch(): Promise<number> {
  const { rows } = await database.query<OutboxRow>(CLAIM)
  if (rows.length === 0) return 0
  const { acknowledged, unpublishable, failure } = await publish(rows)
  const set = 'UPDATE outbox_events SET status = $2 WHERE id = ANY ($1::uuid[])'
  await database.query(set, [acknowledged, 'SENT'])
  await database.query(set, [unpublishable.map(({ id }) => id), 'FAILED'])
  if (failure !== undefined) {
    await database.query(
      `UPDATE outbox_events SET status = 'NEW' WHERE status = 'CLAIMED' AND id = ANY ($1::uuid[])`,
      [rows.map(({ id }) => id)],
    )
    throw failure
  }
  return rows.length
}

startRelay({ moveBatch, wake: relay.wake })
serveOrders(ordersFromEnvironment())
