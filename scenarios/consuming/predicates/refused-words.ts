import { TRY_AGAIN } from '../refusal.ts'
import type { ConsumedEvent } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/** How an event's tries failed, where that was in the database, and which field leaves such failures out. */
export function refusedWords({ spoiled }: ConsumedEvent, { plan: { consumer } }: ConsumerView): string {
  const { calls, retry } = consumer
  if (spoiled.length === 0 || retry?.of !== undefined) return ''
  const refused = `; the database refused its effect with SQLSTATE ${TRY_AGAIN}`
  if (calls === undefined) return refused
  return `${refused}: where the service repeats such a transaction by itself, and only failed calls are tried again as declared, say retry.of: ['calls']`
}
