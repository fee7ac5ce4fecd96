import type { Witness } from '../../finding.ts'
import { type ConsumedEvent, keyOf } from '../../history/consumed-event.ts'

/** "event 0b3c of order-7", as far as either is known. */
export function eventName(event: ConsumedEvent): string {
  const key = keyOf(event)
  return key === undefined ? `event ${event.id}` : `event ${event.id} of ${key}`
}

export function eventSubject(event: ConsumedEvent): Witness['subject'] {
  const key = keyOf(event)
  return { eventId: event.id, ...(key === undefined ? {} : { key }) }
}

/** `seq` of the records by which an event was delivered. */
export function deliverySeqs({ deliveries }: ConsumedEvent): number[] {
  return deliveries.map(({ record }) => record.seq)
}
