import { mutated } from '../../../proof/mutation.ts'
import { failedTries } from '../mutations/tries.ts'
import { type ConsumedEvent, hasFailed } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { deliverySeqs } from './naming.ts'
import { triesOf } from './retry-count.ts'

/** It failed, and in a way that no retry can help. */
export function isFutile({ deliveries, inputs, ...event }: ConsumedEvent): boolean {
  return (
    deliveries.length > 0 && inputs[0]?.retriable === false && hasFailed({ deliveries, inputs, ...event })
  )
}

/** Whether the config names this failure as one that must not be tried again. */
export function isNamed({ inputs, spoiled, calls }: ConsumedEvent, { plan }: ConsumerView): boolean {
  const { http = [], sqlstate = [], unreadable } = plan.consumer.retry?.never ?? {}
  if (inputs[0]?.failures === 0) return unreadable === true
  return (spoiled.length > 0 && sqlstate.length > 0) || calls.some(({ status }) => http.includes(status))
}

/** An event that was tried again although nothing could help it. */
export interface Wasted {
  readonly event: ConsumedEvent
  /** `was tried 3 times`. */
  readonly how: string
  readonly seqs: readonly number[]
}

/**
 * The first of these events that was tried again. Each copy, and each time that the group may have read it again, allows
 * one attempt more.
 */
export function firstWasted(events: readonly ConsumedEvent[], view: ConsumerView): Wasted | undefined {
  for (const event of events) {
    const { count, rereads, seqs } = triesOf(event, 1, view)
    if (event.retries.length === 0 && count <= event.deliveries.length + rereads) continue
    const how = `was tried ${Math.max(count, 1 + event.retries.length)} times`
    return { event, how, seqs: [...deliverySeqs(event), ...seqs] }
  }
  return undefined
}

/** A history in which this event was tried once more than it may be. */
export function triedAgain(event: ConsumedEvent | undefined, view: ConsumerView) {
  if (event === undefined) return undefined
  return mutated(view.events, { added: failedTries(event, triesOf(event, 1, view).utmost + 1, view) })
}
