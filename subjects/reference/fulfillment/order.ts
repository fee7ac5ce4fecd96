import { eventOf } from '../consumer/event.ts'
import type { ConsumedRecord } from '../consumer/record.ts'
import { orderEvent } from '../upcaster/order-event.ts'

/** What a record asks the fulfillment to do. */
export interface Order {
  readonly eventId: string
  readonly orderId: string
  readonly customerId: string
  /** In the smallest unit of the currency. */
  readonly amount: number
  readonly currency: string
  readonly version: number
  /** W3C trace context of the event; null where it has none. */
  readonly traceparent: string | null
}

/** @throws {UndecodableEvent} when the record is not an order event */
export function orderOf(record: ConsumedRecord): Order {
  const event = eventOf(record)
  const { orderId, customer, total, version } = orderEvent(event)
  const traceparent = event.traceparent ?? null
  return { eventId: event.id, orderId, customerId: customer.id, ...total, version, traceparent }
}
