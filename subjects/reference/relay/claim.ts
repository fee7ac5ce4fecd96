import type { PoolClient } from 'pg'
import type { OutboxRow } from './outbox-row.ts'

/**
 * Takes pending events for this transaction alone, in order per aggregate; no more than about `limit`.
 *
 * First it locks lanes that have something to do and that no other relay works on, then it reads the head of
 * each. Two statements on purpose: the second one sees what the lanes' previous holder has marked just before.
 */
export async function claim(tx: PoolClient, limit: number): Promise<readonly OutboxRow[]> {
  const lanes = await tx.query<{ lane: number }>(`
    SELECT lane FROM outbox_lanes
     WHERE EXISTS (SELECT FROM outbox_events e
                    WHERE e.lane = outbox_lanes.lane AND NOT e.published AND e.parked_at IS NULL)
       FOR UPDATE SKIP LOCKED`)
  if (lanes.rows.length === 0) return []
  const { rows } = await tx.query<OutboxRow>(
    `SELECT e.id, e.aggregate_type AS "aggregateType", e.aggregate_id AS "aggregateId",
            e.event_type AS "eventType", e.payload, e.traceparent,
            e.causation_id AS "causationId", e.created_at AS "createdAt"
       FROM unnest($1::smallint[]) AS claimed (lane)
      CROSS JOIN LATERAL (SELECT * FROM outbox_events
                           WHERE lane = claimed.lane AND NOT published AND parked_at IS NULL
                           ORDER BY sequence LIMIT $2) e
      ORDER BY e.sequence`,
    [lanes.rows.map(({ lane }) => lane), Math.ceil(limit / lanes.rows.length)],
  )
  return rows
}
