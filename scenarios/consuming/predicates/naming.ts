import type { Counterexample } from '../../../proof/finding.ts'
import { type ConsumedEvent, keyOf } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/** "event 0b3c of order-7", as far as either is known. */
export function eventName(event: ConsumedEvent): string {
  const key = keyOf(event)
  return key === undefined ? `event ${event.id}` : `event ${event.id} of ${key}`
}

export function eventSubject(event: ConsumedEvent): Counterexample['subject'] {
  const key = keyOf(event)
  return { eventId: event.id, ...(key === undefined ? {} : { key }) }
}

/** `seq` of the records by which an event was delivered. */
export function deliverySeqs({ deliveries }: ConsumedEvent): number[] {
  return deliveries.map(({ record }) => record.seq)
}

/** Milliseconds by which a span between these moments of our clock may be off. */
export function clockErrorOf({ clock }: ConsumerView, ...moments: readonly number[]): number {
  return Math.max(0, ...moments.map((moment) => clock.near(moment)))
}

/** "20 s (± 12 ms)" */
export function secondsGive(milliseconds: number, error: number, digits = 0): string {
  return `${(milliseconds / 1000).toFixed(digits)} s (± ${error} ms)`
}
