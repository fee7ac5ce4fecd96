import { counterexample, held, stalled, unknown, violated } from '../../../proof/findings.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import { type Attempt, type ConsumedEvent, isFailing } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { allowedWait, LATE } from '../view/retry-wait.ts'
import { eventName, eventSubject } from './naming.ts'
import { type Retry, waitBehind } from './retries-ahead.ts'
import { roundsOf } from './retry-count.ts'

/** Milliseconds by which times of records and of our stub may be off. */
const OWN_CLOCK = 10

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
  /** What the reader waited for others of that topic which it took first. */
  readonly ahead: number
  /** When the attempt before it ended, and the events that show it and the next one. */
  readonly since: number
  readonly seqs: readonly [before: number, next: number]
}

/**
 * RD2. A retry begins when its declared delay is over, and not much later.
 *
 * What can violate it: one delay for all, the delay of another tier, a retry at once, a clock that is not looked at.
 * How it is seen: from the end of an attempt to the beginning of the next one, as the probes, our stub or the
 * timestamps of retry records tell. Events that a fault or a rebalance may have brought again are left out.
 * Late is only what is later than `late`, a quarter of the delay and the longest that an event that nothing is wrong
 * with waited meanwhile: a consumer that is behind, or a machine that is slow, delays retries as everything else. A
 * wait that is too long is another declared delay only where no event waited as long as declared there, and at least
 * two did not: one that was late alone may have been late by any time. What a retry waited while its reader waited for
 * others of its topic is not its own lateness either: see retries-ahead.ts.
 * Where the log proves an order (a retry record lies behind its attempt) it bounds a time that was merely seen.
 * Clocks: times at which the database observer saw messages are off by as much as it was unevenly late around them;
 * the bound is printed. Where it is as long as a third of a delay, nothing is said of that gap.
 */
export const declaredDelays = predicate({
  id: 'RD2',
  title: 'delays',
  claim: 'retries wait as long as declared',
  promise: 'Each retry waits for its declared delay, and not much longer.',
  formal: `from the end of an attempt to the next one: at least the declared delay, at most that and a quarter of it, ${LATE} ms (the bound \`late\`), what an event that nothing is wrong with waited meanwhile, and what retries of its topic had still to wait that the same reader took first, in two turns of each other partition`,
  expectation: 'declared',
  controls: ['C2'],
  violations: {
    'early-retry': {},
    'wrong-backoff': {
      means:
        'another declared delay fits; of a longer one only where two events and more waited for it and none as declared',
    },
    'late-retry': {},
  },
  undeclared: ({ plan: { consumer } }) =>
    consumer.retry?.delays.length ? undefined : 'no delays are declared',
  check(view) {
    const { retry } = view.plan.consumer
    if (retry === undefined) return held(this.id, 0)
    const clear = clearGaps(view)
    const wrong = clear.filter((gap) => !fits(gap, delayOf(gap, view), view))
    for (const gap of wrong) {
      const name = misjudged(gap, clear, view)
      if (name !== 'late-retry') return violated(this.id, name, evidence(gap, view))
    }
    const [late] = wrong
    if (late !== undefined) return stalled(this.id, 'late-retry', evidence(late, view, explained(late, view)))
    const gaps = clear.length > 0 ? [] : gapsIn(view)
    if (gaps.length > 0) {
      const worst = Math.max(...gaps.map(({ error }) => error))
      return unknown(
        this.id,
        `commits were seen up to ${worst} ms late: too uneven for the declared delays: run it with --jobs 1, or declare longer ones in retry.delays`,
      )
    }
    return held(this.id, clear.length)
  },
  /** A retry begins when half of its delay is over. */
  mutation: {
    says: 'let a retry begin after half of its delay',
    names: ['early-retry', 'wrong-backoff'],
    applies: (view) => clearGaps(view).length > 0,
    apply(view) {
      const [gap] = clearGaps(view)
      const next = view.events.find(({ seq }) => seq === gap?.seqs[1])
      if (gap === undefined || next === undefined) return undefined
      const soon = gap.since + (view.plan.consumer.retry?.delays[gap.number] ?? 0) / 2
      if (next.kind === 'k.record') return mutated(view.events, { replaced: [{ ...next, timestamp: soon }] })
      if (next.kind === 'call') {
        const took = next.endedAt - next.startedAt
        return mutated(view.events, { replaced: [{ ...next, at: soon + took }] })
      }
      return mutated(view.events, { replaced: [{ ...next, at: soon }] })
    },
  },
})

function misjudged(gap: Gap, clear: readonly Gap[], view: ConsumerView) {
  const delays = view.plan.consumer.retry?.delays ?? []
  const delay = delayOf(gap, view)
  const others = delays.filter((other) => other !== delay && fits(gap, other, view))
  if (gap.milliseconds < delay) return others.length > 0 ? 'wrong-backoff' : 'early-retry'
  const alike = clear.filter(({ number }) => number === gap.number)
  const usual = others.some((other) => alike.filter((one) => fits(one, other, view)).length > 1)
  return usual && !alike.some((one) => fits(one, delay, view)) ? 'wrong-backoff' : 'late-retry'
}

function fits({ milliseconds, error, behind, ahead }: Gap, delay: number, { plan }: ConsumerView): boolean {
  const { from, to } = allowedWait(delay, plan.bounds.late)
  return milliseconds >= from - error && milliseconds <= to + error + behind + ahead
}

function delayOf({ number }: Pick<Gap, 'number'>, { plan }: ConsumerView): number {
  return plan.consumer.retry?.delays[number] ?? 0
}

function evidence(gap: Gap, view: ConsumerView, more = '') {
  const { event, number, milliseconds, error, seqs } = gap
  const says = `attempt ${number + 2} of ${eventName(event)} began ${seconds(milliseconds)} (± ${error} ms) after the end of attempt ${number + 1}; ${delayOf(gap, view) / 1000} s are declared${more}`
  return counterexample(says, seqs, eventSubject(event), 'C')
}

/** How late it might have been, and what helps. */
function explained({ behind, ahead, retry, ...gap }: Gap, view: ConsumerView): string {
  const { late } = view.plan.bounds
  const { to } = allowedWait(delayOf(gap, view), late)
  const on = [
    ...(behind > 0 ? [`${seconds(behind)} that an event without a fault waited meanwhile`] : []),
    ...(ahead > 0 ? [`${seconds(ahead)} for which retries before it were not due`] : []),
  ]
  const remedy =
    retry === undefined
      ? 'let retry.delays say how long it waits'
      : 'let a reader of a retry topic wait until a record is due and no longer, or retry.delays say how long it waits'
  return `, ${seconds(to)} allowed (a quarter and ${late} ms more)${on.map((one) => `, and ${one}`).join('')}: ${remedy}`
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`
}

/** The gaps that can be judged: their clock error is well below the declared delay. */
export function clearGaps(view: ConsumerView): Gap[] {
  return gapsIn(view).filter((gap) => gap.error * 3 < delayOf(gap, view))
}

function gapsIn(view: ConsumerView): Gap[] {
  const gaps = view.consumed.flatMap((event) => gapsOf(event, view))
  const retries = gaps.flatMap(({ retry }) => retry ?? []).sort((a, b) => a.began - b.began)
  const topics = Map.groupBy(retries, ({ record }) => record.topic)
  return gaps.map((gap) => {
    const { retry } = gap
    if (retry === undefined) return gap
    return { ...gap, ahead: waitBehind(retry, topics.get(retry.record.topic) ?? [], view) }
  })
}

/** Gaps between the attempts at one delivery that nothing disturbed. */
function gapsOf(event: ConsumedEvent, view: ConsumerView): Gap[] {
  const { retry } = view.plan.consumer
  if (retry === undefined || event.deliveries.length !== 1 || event.inputs[0]?.retriable !== true) return []
  const times = timesOf(event, view)
  const first = event.deliveries[0]?.record.seq ?? 0
  if (view.rereadsBetween(first, Math.max(first, ...times.map(({ seq }) => seq))) > 0) return []
  const measured = event.spoiled.length > 0 || event.calls.length === 0
  return times.slice(1, retry.attempts).flatMap((next, number) => {
    const before = times[number]
    if (before === undefined) return []
    const error = measured ? Math.max(view.clock.near(before.until), view.clock.near(next.at)) : 0
    const delay = retry.delays[number] ?? 0
    const record = event.retries[number]?.record
    return [
      {
        event,
        number,
        milliseconds: next.at - before.until,
        error: error + OWN_CLOCK,
        since: before.until,
        behind: longestWait(before.until + delay, next.at, view),
        retry:
          record !== undefined && record.topic === retry.topics[number]
            ? { record, delay, began: next.seq }
            : undefined,
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
  return ends
    .map(({ seq, timestamp }) => ({ seq, at: timestamp, until: timestamp }))
    .sort((a, b) => a.at - b.at)
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

/** Of events that were let alone, and that waited for their effect at some time from `from` to `to`. */
function longestWait(from: number, to: number, { consumed }: ConsumerView): number {
  let longest = 0
  for (const event of consumed) {
    const record = event.deliveries[0]?.record
    const tx = event.effects[0]?.tx
    if (record === undefined || tx === undefined || isFailing(event)) continue
    if (record.at <= to && tx.at >= from) longest = Math.max(longest, tx.at - record.at)
  }
  return longest
}
