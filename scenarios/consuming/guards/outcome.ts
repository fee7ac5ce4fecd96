import { type ConsumedEvent, expectedOutcome } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/** `seq` at which we saw that an event came to its end: its effect, or its dead letter. Undefined while it has not. */
export function handledAt(event: ConsumedEvent, view: ConsumerView): number | undefined {
  const effect = event.effects[0]?.tx.seq
  const deadLetter = event.deadLetters[0]?.record.seq
  if (expectedOutcome(event) === 'dead-letter') return deadLetter ?? effect
  if (effect !== undefined || deadLetter !== undefined) return effect ?? deadLetter
  return view.superseded(event) ? event.deliveries[0]?.record.seq : undefined
}

/** `seq` at which an event was placed: when we had the broker's answer, or saw its record. */
export function placedAt({ inputs, deliveries }: ConsumedEvent): number | undefined {
  return inputs[0]?.seq ?? deliveries[0]?.record.seq
}
