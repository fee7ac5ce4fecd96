import { counterexample, held, more, stalled, violated } from '../../../proof/findings.ts'
import type { EventOf, HistoryEvent } from '../../../proof/history/event.ts'
import { mutated } from '../../../proof/mutation.ts'
import { applied } from '../mutations/victims.ts'
import { predicate } from '../predicate.ts'
import { attemptsOf } from '../view/attempt-log.ts'
import { type ConsumedEvent, isDiverted, isFailing, keyOf } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { clockErrorOf, eventName, eventSubject, secondsGive } from './naming.ts'
import { inOffsetOrder, isInverted, pairsOf } from './order-per-key.ts'
import { timeCovered } from './time-covered.ts'

/**
 * RD6. An event that fails holds up no event that it need not hold up, and where it is retried in place no event of its
 * key overtakes it.
 *
 * What can violate it: retries that block the whole consumer, retries that are done aside while the key goes on.
 * How it is seen: with retry topics, events of other keys that waited while a failing one was tried; with retries in
 * place, those on other partitions. Time for which a failing event of its own key or partition rightly held an event
 * up does not count. Clocks: when we saw record and effect; what a fault or a rebalance may have
 * delayed is left out. Order: commit LSNs against offsets, only where retries are in place and order is per key.
 */
export const isolatedFailures = predicate({
  id: 'RD6',
  title: 'isolation',
  claim: 'a failing event holds up no others',
  promise:
    'An event that fails holds up no other, and no event of its key overtakes it where it is retried in place.',
  formal:
    'while an event fails, other keys (with retry topics) or other partitions (in place) wait no longer than `headOfLine`; in place and in order per key no event of its key overtakes it',
  expectation: 'declared',
  controls: ['C2'],
  violations: {
    'head-of-line-block': {},
    'order-broken-by-retry': {},
  },
  undeclared: ({ plan }) => (plan.consumer.retry === undefined ? 'no retries are declared' : undefined),
  check(view) {
    const { retry, order } = view.plan.consumer
    const failing = view.consumed.filter((event) => event.deliveries.length > 0 && isFailing(event))
    if (retry === undefined || failing.length === 0) return held(this.id, 0)
    if (order === 'per-key' && retry.topics.length === 0) {
      const pairs = pairsOf(inOffsetOrder(view, (event) => !isDiverted(event)))
      const inverted = pairs.find((pair) => isInverted(pair) && isFailing(pair[0].event))
      const [late, early] = inverted ?? []
      if (late !== undefined && early !== undefined) {
        const says = `${eventName(early.event)} took effect while ${eventName(late.event)}, in front of it, was retried in place`
        const seqs = [late.event.deliveries[0]?.record.seq, early.event.deliveries[0]?.record.seq]
        const events = [...seqs, early.tx.seq, late.tx.seq]
        return violated(
          this.id,
          'order-broken-by-retry',
          counterexample(says, events, eventSubject(early.event)),
        )
      }
    }
    return heldUp(failing, view) ?? held(this.id, view.consumed.length)
  },
  /** An event waits for as long as a failing one is tried. */
  mutation: {
    says: 'let an event wait while another one fails',
    names: ['head-of-line-block'],
    applies: (view) => view.plan.consumer.retry !== undefined && failing(view).length > 0,
    apply(view) {
      const inPlace = view.plan.consumer.retry?.topics.length === 0
      const all = failing(view)
      for (const cause of all) {
        const first = cause.deliveries[0]?.record
        const end = cause.deadLetters[0]?.record ?? cause.effects[0]?.tx
        const victim = applied(view).find((event) => {
          const record = event.deliveries[0]?.record
          const tx = event.effects[0]?.tx
          if (record === undefined || tx === undefined || tx === end) return false
          if (inPlace ? record.partition === first?.partition : keyOf(event) === keyOf(cause)) return false
          if (all.some((each) => lasts(each, each === cause ? [tx] : [tx, end]))) return false
          return view.rereadsBetween(record.seq, tx.seq) === 0
        })
        const record = victim?.deliveries[0]?.record
        const tx = victim?.effects[0]?.tx
        if (record === undefined || tx === undefined || first === undefined) continue
        const until = Math.max(view.lastAt, first.at) + 2 * view.plan.bounds.headOfLine + 1000
        return mutated(view.events, {
          replaced: [
            { ...record, at: first.at },
            later(tx, until),
            ...(end === undefined ? [] : [later(end, until)]),
          ],
        })
      }
      return undefined
    },
  },
})

function heldUp(failing: readonly ConsumedEvent[], view: ConsumerView) {
  const spans = failing.map((event) => ({ event, ...spanOf(event, view) }))
  const inPlace = view.plan.consumer.retry?.topics.length === 0
  const waits = view.consumed.flatMap((event) => {
    const record = event.deliveries[0]?.record
    if (record === undefined || isFailing(event)) return []
    const tx = event.effects[0]?.tx
    const until = tx?.at ?? view.lastAt
    const { headOfLine } = view.plan.bounds
    if (until - record.at <= headOfLine) return []
    const mayHold = (span: (typeof spans)[number]) =>
      inPlace ? span.partitions.has(record.partition) : keyOf(span.event) === keyOf(event)
    const rightly = timeCovered(spans.filter(mayHold), { from: record.at, to: until })
    const error = clockErrorOf(view, record.at, until)
    if (until - record.at - rightly <= headOfLine + error) return []
    const seq = tx?.seq ?? view.events.at(-1)?.seq ?? record.seq
    if (view.rereadsBetween(record.seq, seq) > 0) return []
    const cause = spans.find(
      (span) =>
        span.from <= until &&
        span.to >= record.at &&
        Math.min(span.to, until) - Math.max(span.from, record.at) > headOfLine / 2 &&
        !mayHold(span),
    )
    return cause === undefined
      ? []
      : [{ event, cause, seq, waited: secondsGive(until - record.at, error, 1) }]
  })
  const [first] = waits
  if (first === undefined) return undefined
  const { event, cause, seq, waited } = first
  const says = `${eventName(event)} waited ${waited} while ${eventName(cause.event)} was tried again${more(waits.length)}`
  const seqs = [cause.event.deliveries[0]?.record.seq, event.deliveries[0]?.record.seq, seq]
  return stalled('RD6', 'head-of-line-block', counterexample(says, seqs, eventSubject(event), 'C'))
}

/** From the first attempt at a failing event to its end, on our clock. */
function spanOf(event: ConsumedEvent, view: ConsumerView) {
  const attempts = attemptsOf(event)
  const ends = [
    ...attempts.map(({ until }) => until),
    ...[...event.retries, ...event.deadLetters].map(({ record }) => record.at),
    ...event.effects.map(({ tx }) => tx.at),
  ]
  const delivered = event.deliveries[0]?.record.at ?? 0
  const ended = event.deadLetters.length > 0 || event.effects.length > 0
  return {
    from: attempts[0]?.at ?? delivered,
    to: ended ? Math.max(delivered, ...ends) : view.lastAt,
    partitions: new Set(event.deliveries.map(({ record }) => record.partition)),
  }
}

/** The same at another time; where the database told its own time, by as much: it was not only seen late. */
function later(event: EventOf<'pg.tx'> | EventOf<'k.record'>, at: number): HistoryEvent {
  if (event.kind === 'k.record') return { ...event, at }
  return { ...event, at, committedAt: event.committedAt + at - event.at }
}

/** It has no end, or one that moves with the victim: it could hold the victim up rightly, for ever. */
function lasts(
  { deadLetters, effects }: ConsumedEvent,
  moved: readonly (HistoryEvent | undefined)[],
): boolean {
  return (deadLetters.length === 0 && effects.length === 0) || effects.some(({ tx }) => moved.includes(tx))
}

function failing({ consumed }: ConsumerView) {
  return consumed.filter((event) => event.deliveries.length > 0 && isFailing(event))
}
