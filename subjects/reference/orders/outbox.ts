import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'

export interface NewEvent {
  readonly aggregateType: string
  readonly aggregateId: string
  readonly eventType: string
  readonly payload: string | null
  readonly traceparent: string | undefined
}

/**
 * Writes an event to the outbox, as part of the caller's transaction. Returns its id, which stays the same
 * however often the event is published.
 */
export async function appendEvent(
  tx: PoolClient,
  event: NewEvent,
  id: string = randomUUID(),
): Promise<string> {
  await tx.query(
    `INSERT INTO outbox_events (id, aggregate_type, aggregate_id, event_type, payload, traceparent)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [id, event.aggregateType, event.aggregateId, event.eventType, event.payload, event.traceparent ?? null],
  )
  return id
}
