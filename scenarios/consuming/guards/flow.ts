import type { Flow, Life } from '../../../proof/guards/flow.ts'
import { type ConsumedEvent, expectedOutcome } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/** An event's life: from its record to its effect or its dead letter. */
export const flow: Flow<ConsumerView> = {
  placed: 'placed',
  done: 'handled',
  slow: 'raise recoverWithin of the consumer where it only needs longer; else its log in the run directory tells what it does instead',
  lives: (view) => view.consumed.map((event) => lifeOf(event, view)),
  open: (view) => view.consumed.filter((event) => handledAt(event, view) === undefined).length,
}

/** It is placed when we had the broker's answer, or saw its record. */
export function lifeOf(event: ConsumedEvent, view: ConsumerView): Life {
  const { inputs, deliveries } = event
  return { placed: inputs[0]?.seq ?? deliveries[0]?.record.seq, done: handledAt(event, view) }
}

/** `seq` at which we saw that an event came to its end: its effect, or its dead letter. Undefined while it has not. */
function handledAt(event: ConsumedEvent, view: ConsumerView): number | undefined {
  const effect = event.effects[0]?.tx.seq
  const deadLetter = event.deadLetters[0]?.record.seq
  if (expectedOutcome(event) === 'dead-letter') return deadLetter ?? effect
  if (effect !== undefined || deadLetter !== undefined) return effect ?? deadLetter
  return view.superseded(event) ? event.deliveries[0]?.record.seq : undefined
}
