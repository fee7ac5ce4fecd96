import type { Message } from 'kafkajs'
import type { OutboxRow } from './outbox-row.ts'

/**
 * The record of an event: CloudEvents 1.0, binary mode of its Kafka binding. All of it comes from the row as it
 * was committed, so that every copy of an event is the same.
 * @param source which service it comes from: CloudEvents' `source`
 */
export function cloudEvent(row: OutboxRow, source = '/order-service'): Message {
  return {
    key: row.aggregateId,
    value: row.payload,
    headers: {
      eventId: row.id,
      eventType: row.eventType,
      ...(row.traceparent === null ? {} : { traceparent: row.traceparent }),
      ...(row.causationId ? { causationId: row.causationId } : {}),
      ce_specversion: '1.0',
      ce_id: row.id,
      ce_source: source,
      ce_type: row.eventType,
      ce_subject: row.aggregateId,
      ce_time: row.createdAt.toISOString(),
      'content-type': 'application/json',
    },
  }
}
