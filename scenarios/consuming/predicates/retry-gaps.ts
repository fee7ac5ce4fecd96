import type { EventOf } from '../../../proof/history/event.ts'
import { type Attempt, type ConsumedEvent, hasFailed, isDiverted, isFailing } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { type Retry, timeBehind } from './retries-ahead.ts'
import { roundsOf } from './retry-count.ts'

/** Milliseconds by which times of records and of our stub may be off. */
const OWN_CLOCK = 10

/** The time between two attempts at an event. */
export interface Gap {
  readonly event: ConsumedEvent
  /** From 0: before the second attempt. */
  readonly number: number
  readonly milliseconds: number
  readonly error: number
  /** The longest that an event that nothing is wrong with waited while this retry was due. */
  readonly behind: number
  /** The attempt that ends it, where it was made from a record on a retry topic. */
  readonly retry: Retry | undefined
  /** For how long its reader had others of that topic in hand while it was due. */
  readonly ahead: number
  /** When the attempt before it ended, and the events that show it and the next one. */
  readonly since: number
  readonly seqs: readonly [before: number, next: number]
}

export function delayOf({ number }: Pick<Gap, 'number'>, { plan }: ConsumerView): number {
  return plan.consumer.retry?.delays[number] ?? 0
}

/** The gaps that can be judged: their clock error is well below the declared delay. */
export function clearGaps(view: ConsumerView): Gap[] {
  return gapsIn(view).filter((gap) => gap.error * 3 < delayOf(gap, view))
}

export function gapsIn(view: ConsumerView): Gap[] {
  const gaps = view.consumed.flatMap((event) => gapsOf(event, view))
  const topics = Map.groupBy(retriesIn(view), ({ record }) => record.topic)
  for (const [topic, retries] of topics) topics.set(topic, oneAfterTheOther(retries))
  return gaps.map((gap) => {
    const { retry } = gap
    if (retry === undefined) return gap
    return { ...gap, ahead: timeBehind(retry, topics.get(retry.record.topic) ?? [], view) }
  })
}

/** What was tried from retry topics, in order: also what no retry can help, for it keeps its reader as well. */
function retriesIn(view: ConsumerView): Retry[] {
  const retries = view.consumed.flatMap((event) => {
    if (event.deliveries.length !== 1) return []
    const times = timesOf(event, view)
    return times.slice(1).flatMap((next, number) => retryOf(event, number, next, view) ?? [])
  })
  return retries.sort((a, b) => a.began - b.began)
}

/** An attempt at what can't be read is not seen: it took as long as it may have, from the end of the one before it. */
function oneAfterTheOther(topic: readonly Retry[]): Retry[] {
  let before = 0
  return topic.map((retry) => {
    const { record, delay, at, until } = retry
    const unseen = at === until
    const began = unseen ? Math.min(at, Math.max(before, record.at + delay)) : at
    before = Math.max(before, until)
    return { ...retry, at: began }
  })
}

/** Gaps between the attempts at one delivery that nothing disturbed. */
function gapsOf(event: ConsumedEvent, view: ConsumerView): Gap[] {
  const { retry } = view.plan.consumer
  if (retry === undefined || event.deliveries.length !== 1 || event.inputs[0]?.retriable !== true) return []
  // What was tried once more though nothing of its own had failed was rolled back with a neighbour of its batch.
  if (!hasOwnFailure(event)) return []
  const times = timesOf(event, view)
  const first = event.deliveries[0]?.record.seq ?? 0
  if (view.rereadsBetween(first, Math.max(first, ...times.map(({ seq }) => seq))) > 0) return []
  const measured = event.spoiled.length > 0 || event.calls.length === 0
  return times.slice(1, retry.attempts).flatMap((next, number) => {
    const before = times[number]
    if (before === undefined) return []
    const error = measured ? Math.max(view.clock.near(before.until), view.clock.near(next.at)) : 0
    const delay = retry.delays[number] ?? 0
    return [
      {
        event,
        number,
        milliseconds: next.at - before.until,
        error: error + OWN_CLOCK,
        since: before.until,
        behind: longestWait(before.until + delay, next.at, view),
        retry: retryOf(event, number, next, view),
        ahead: 0,
        seqs: [before.seq, next.seq],
      },
    ]
  })
}

/** Attempts; where those were not seen, the records by which each of them ended. */
function timesOf(event: ConsumedEvent, view: ConsumerView): readonly Attempt[] {
  const attempts = roundsOf(event, view)
  // Each retry follows a failed attempt. Where those were seen, a record that was sent late says less than they do.
  const ends = [...event.retries, ...event.deadLetters.slice(0, 1)].map(({ record }) => record)
  if (attempts.length > 0 && attempts.length >= event.retries.length) return endedBy(attempts, ends)
  const [first] = ends
  if (first === undefined) return []
  // Their producer knows best how far they are apart; when that was on our clock, the first of them tells.
  return ends
    .map(({ seq, timestamp }) => ({ seq, at: first.at + timestamp - first.timestamp }))
    .map(({ seq, at }) => ({ seq, at, until: at }))
    .sort((a, b) => a.at - b.at)
}

/** The attempt after a gap, where it was made from a record on the retry topic that is declared for it. */
function retryOf(
  event: ConsumedEvent,
  number: number,
  { seq, at, until }: Attempt,
  view: ConsumerView,
): Retry | undefined {
  const { delays = [], topics = [] } = view.plan.consumer.retry ?? {}
  const record = event.retries[number]?.record
  if (record === undefined || record.topic !== topics[number]) return undefined
  const led = event.retries[number + 1]?.record ?? event.deadLetters[0]?.record ?? event.effects[0]?.tx
  const commit = view.group.firstPast(record)
  // Where nothing else tells, one that was made for this record alone ends the work on it.
  const own = led === undefined && commit?.offset === record.offset + 1 ? commit : undefined
  const ended = Math.max(until, led?.at ?? until, own?.at ?? until)
  return { record, delay: delays[number] ?? 0, began: seq, at, until: ended }
}

/**
 * The log proves an order where each failed attempt led to a record: the attempt had ended when that record was there,
 * however late the database's word on the attempt was seen.
 */
function endedBy(attempts: readonly Attempt[], records: readonly EventOf<'k.record'>[]): readonly Attempt[] {
  const sent = records.toSorted((a, b) => a.seq - b.seq)
  if (sent.length < attempts.length - 1 || sent.length > attempts.length) return attempts
  return attempts.map((attempt, i) => ({
    ...attempt,
    until: Math.min(attempt.until, sent[i]?.at ?? attempt.until),
  }))
}

/** Of events that succeeded at once, and that waited for their effect at some time from `from` to `to`. */
function longestWait(from: number, to: number, { consumed }: ConsumerView): number {
  let longest = 0
  for (const event of consumed) {
    const record = event.deliveries[0]?.record
    const tx = event.effects[0]?.tx
    if (record === undefined || tx === undefined || isFailing(event) || wasRetried(event)) continue
    if (record.at <= to && tx.at >= from) longest = Math.max(longest, tx.at - record.at)
  }
  return longest
}

function hasOwnFailure(event: ConsumedEvent): boolean {
  const refused = event.calls.some(({ status }) => status >= 400)
  return refused || event.spoiled.length > 0 || isFailing(event) || isDiverted(event)
}

/** Something else made an attempt fail: what it calls was out of reach. */
function wasRetried(event: ConsumedEvent): boolean {
  return isDiverted(event) || hasFailed(event)
}
