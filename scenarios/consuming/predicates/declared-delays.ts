import { counterexample, held, stalled, unknown, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { allowedWait, LATE } from '../view/retry-wait.ts'
import { eventName, eventSubject } from './naming.ts'
import { refusedWords } from './refused-words.ts'
import { clearGaps, delayOf, type Gap, gapsIn } from './retry-gaps.ts'

/**
 * RD2. A retry begins when its declared delay is over, and not much later.
 *
 * What can violate it: one delay for all, the delay of another tier, a retry at once, a clock that is not looked at.
 * How it is seen: from the end of an attempt to the beginning of the next one, as the probes, our stub or the
 * timestamps of retry records tell. Events that a fault or a rebalance may have brought again are left out.
 * Late is only what is later than `late`, a quarter of the delay and the longest that an event that nothing is wrong
 * with waited meanwhile: a consumer that is behind, or a machine that is slow, delays retries as everything else. A
 * wait that is too long is another declared delay only where no event waited as long as declared there, and at least
 * two did not: one that was late alone may have been late by any time. While its reader waits for others of its topic, or
 * works on them, a retry is not late either: see retries-ahead.ts.
 * Where the log proves an order (a retry record lies behind its attempt) it bounds a time that was merely seen.
 * Clocks: times at which the database observer saw messages are off by as much as it was unevenly late around them;
 * the bound is printed. Where it is as long as a third of a delay, nothing is said of that gap.
 */
export const declaredDelays = predicate({
  id: 'RD2',
  title: 'delays',
  claim: 'retries wait as long as declared',
  promise: 'Each retry waits for its declared delay, and not much longer.',
  formal: `from the end of an attempt to the next one: at least the declared delay, at most that and a quarter of it, ${LATE} ms (the bound \`late\`), what an event that nothing is wrong with waited meanwhile, and the time in which the same reader waited for retries of its topic that it took first, or worked on them, in two turns of each other partition`,
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
      if (name !== 'late-retry')
        return violated(this.id, name, evidence(gap, view, refusedWords(gap.event, view)))
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
      const soon = gap.since + delayOf(gap, view) / 2
      if (next.kind === 'k.record') {
        const timestamp = next.timestamp + soon - gap.since - gap.milliseconds
        return mutated(view.events, { replaced: [{ ...next, timestamp }] })
      }
      if (next.kind === 'call') {
        const took = next.endedAt - next.startedAt
        return mutated(view.events, { replaced: [{ ...next, at: soon + took }] })
      }
      const saidAt = next.kind === 'pg.message' ? next.saidAt : undefined
      const said = saidAt === undefined ? {} : { saidAt: saidAt + soon - next.at }
      return mutated(view.events, { replaced: [{ ...next, at: soon, ...said }] })
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
    ...(ahead > 0 ? [`${seconds(ahead)} for retries that its reader took first`] : []),
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
