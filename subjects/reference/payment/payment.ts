import { eventOf, textField, wholeField } from '../consumer/event.ts'
import type { ConsumedRecord } from '../consumer/record.ts'

/** What a record asks to be paid. */
export interface Payment {
  readonly eventId: string
  readonly paymentId: string
  /** In the smallest unit of the currency. */
  readonly amount: number
  /** W3C trace context of whoever asked. */
  readonly traceparent: string | undefined
}

/** @throws {UndecodableEvent} when the record is not a payment event */
export function paymentOf(record: ConsumedRecord): Payment {
  const { id, data, traceparent } = eventOf(record)
  return {
    eventId: id,
    paymentId: textField(data, 'paymentId'),
    amount: wholeField(data, 'amount'),
    traceparent,
  }
}
