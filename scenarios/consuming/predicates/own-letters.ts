import type { ConsumedEvent } from '../view/consumed-event.ts'

/**
 * Its dead letters that this consumer may have written. On a topic that others share a letter was there before, of an
 * event that nobody put on the consumer's topic until it was redriven to it.
 */
export function ownLetters({ inputs, deliveries, deadLetters }: ConsumedEvent): ConsumedEvent['deadLetters'] {
  if (inputs.length > 0) return deadLetters
  const first = deliveries[0]?.record.seq ?? Number.POSITIVE_INFINITY
  return deadLetters.filter(({ record }) => record.seq > first)
}
