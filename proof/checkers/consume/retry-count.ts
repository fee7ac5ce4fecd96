import { attemptsOf } from '../../history/attempt-log.ts'
import { type ConsumedEvent, isDiverted } from '../../history/consumed-event.ts'
import type { ConsumerView } from '../../history/consumer-view.ts'

/** How often an event was tried, and how often it may have been: what the retry policy declares, and who hurt us. */
export interface Tries {
  readonly count: number
  /** As often as the policy lets one delivery be tried, given what the harness let fail. */
  readonly wanted: number
  /** The same for each delivery, and for each time that the group may have read it again. */
  readonly allowed: number
  readonly rereads: number
  /** `seq` of what shows them. */
  readonly seqs: readonly number[]
}

/**
 * Attempts as the probes saw them; where those saw less (it failed before it reached the effect table), as the
 * records of retries and dead letters tell.
 */
export function triesOf(event: ConsumedEvent, attempts: number, view: ConsumerView): Tries {
  const seen = attemptsOf(event)
  const records = [...event.retries, ...event.deadLetters].map(({ record }) => record.seq)
  const handled = event.deadLetters.length > 0 || event.effects.length > 0
  const told = isDiverted(event) ? event.retries.length + (handled ? 1 : 0) : 0
  const failures = event.inputs[0]?.failures ?? 0
  const fails = failures < 0 || event.inputs[0]?.expect === 'dead-letter' || failures >= attempts
  const wanted = fails ? attempts : failures + 1
  const seqs = [...seen.map(({ seq }) => seq), ...records]
  const first = event.deliveries[0]?.record.seq ?? 0
  const rereads = view.rereadsBetween(first, Math.max(first, ...seqs))
  const allowed = wanted * (event.deliveries.length + rereads)
  return { count: Math.max(seen.length, told), wanted, allowed, rereads, seqs }
}
