import { attemptsOf } from '../view/attempt-log.ts'
import { type Attempt, type ConsumedEvent, isDiverted } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { requeuesOf } from '../view/requeues.ts'
import { wholeAttempts } from '../view/whole-attempts.ts'
import { isOnDeadLetters } from './unavailable-dead-letters.ts'

/** How often an event was tried, and how often it may have been: what the retry policy declares, and who hurt us. */
export interface Tries {
  readonly count: number
  /** As often as the policy lets one delivery be tried, given what the harness let fail. */
  readonly wanted: number
  /** The same for each delivery, and for each time that the group may have read it again. */
  readonly allowed: number
  readonly rereads: number
  /** The same, had each request that failed on its way out led to one more. */
  readonly utmost: number
  /** `seq` of what shows them. */
  readonly seqs: readonly number[]
}

/** Milliseconds, where no delay is declared: a consumer that waits for less divides a batch and does not retry. */
const AT_ONCE = 1000

/**
 * Attempts, with those taken together that follow each other at once: to find out which event of a batch the database
 * refuses, a consumer divides the batch, and the event is tried in each part. Calls to the outside are not divided. What
 * follows an attempt that committed is no retry either.
 */
export function roundsOf(event: ConsumedEvent, view: ConsumerView): readonly Attempt[] {
  const attempts = wholeAttempts(event, view)
  if (attemptsOf(event) !== event.messages) return attempts
  const delays = view.plan.consumer.retry?.delays ?? []
  const atOnce = delays.length === 0 ? AT_ONCE : Math.min(...delays) / 3
  const rounds: Attempt[] = []
  for (const attempt of attempts) {
    const last = rounds.at(-1)
    if (last !== undefined && attempt.at - last.until < atOnce) last.until = attempt.until
    else rounds.push({ ...attempt })
  }
  return rounds
}

/**
 * Attempts as the probes saw them; where those saw less (it failed before it reached the effect table), as the
 * records of retries and dead letters tell.
 */
export function triesOf(event: ConsumedEvent, attempts: number, view: ConsumerView): Tries {
  const seen = roundsOf(event, view)
  const records = [...event.retries, ...event.deadLetters].map(({ record }) => record.seq)
  const handled = event.deadLetters.length > 0 || event.effects.length > 0
  const told = isDiverted(event) ? event.retries.length + (handled ? 1 : 0) : 0
  const failures = event.inputs[0]?.failures ?? 0
  const fails = failures < 0 || event.inputs[0]?.expect === 'dead-letter' || failures >= attempts
  const wanted = fails ? attempts : failures + 1
  const seqs = [...seen.map(({ seq }) => seq), ...records]
  const first = event.deliveries[0]?.record.seq ?? 0
  const handOvers = failedHandOvers(seen, view)
  const rereads = view.rereadsBetween(first, Math.max(first, ...seqs)) + handOvers.seen
  // A requeue is the consumer's own doing, and explains nothing; where it is the declared way of retrying it is a retry.
  const given = event.deliveries.length - requeuesOf(event).length
  const allowed = wanted * (given + rereads)
  const utmost = wanted * (given + rereads + handOvers.possible)
  return { count: Math.max(seen.length, told), wanted, allowed, utmost, rereads, seqs }
}

/**
 * Rounds while dead letters or retries could not be stored: an event that can't be handed over is read again, and tried,
 * as often as that fails. What a fault excuses anyway is one of them.
 */
function failedHandOvers(rounds: readonly Attempt[], view: ConsumerView) {
  let [seen, possible] = [0, 0]
  for (const fault of view.disturbances.faults) {
    if (!isOnDeadLetters(fault, view)) continue
    const until = fault.cleared?.seq ?? Number.POSITIVE_INFINITY
    const during = rounds.filter(({ seq }) => seq > fault.armed.seq && seq < until).length
    seen += Math.max(0, Math.min(during, fault.tookEffect.length) - 1)
    possible += fault.tookEffect.length
  }
  return { seen, possible }
}
