import type { EventOf } from '../../../proof/history/event.ts'
import type { ConsumerHistory } from './builder.ts'

/** How one of its producers asked for records to be stored; by default for a retry, and well. */
export function producing(h: ConsumerHistory, change: Partial<EventOf<'k.client'>> = {}): void {
  const topics = h.plan.consumer.retry?.topics.slice(0, 1) ?? []
  const how = { acks: -1, idempotent: true, transactional: false, apiVersion: 9, topics }
  h.add({ kind: 'k.client', clientId: 'shipping-producer', ...how, ...change })
}
