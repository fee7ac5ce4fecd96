import { counterexample, held, more, stalled, unknown, violated } from '../../../proof/findings.ts'
import { hole } from '../../../proof/mutated-records.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import { type ConsumedEvent, expectedOutcome } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { type Completion, Completions } from './completion.ts'
import { clockErrorOf, deliverySeqs, eventName, eventSubject, secondsGive } from './naming.ts'

/**
 * RD3. What can't be handled becomes a dead letter, and leaves no effect.
 *
 * What can violate it: an exception that is swallowed, a dead letter that is not waited for, an effect that is kept.
 * How it is seen: the dead-letter topic is read to its end; the effect table. Lost needs the group's commit past every
 * record of the event; without it `stalled-consumer`, after the declared bound. An event that came again after it was
 * dead (a redrive) may have an effect.
 */
export const deadLettersArrive = predicate({
  id: 'RD3',
  title: 'arrival',
  claim: 'an event that cannot be handled becomes a dead letter',
  promise: 'What can not be handled becomes a dead letter and leaves no effect.',
  formal: 'what must fail is on the dead-letter topic and without effect',
  controls: ['C2'],
  violations: {
    'lost-to-dlt': {},
    'both-effect-and-dlt': {},
    'stalled-consumer': { means: 'without completion evidence' },
  },
  undeclared: ({ plan }) => (plan.consumer.retry === undefined ? 'no dead letters are declared' : undefined),
  check(view) {
    if (view.plan.consumer.retry === undefined) return held(this.id, 0)
    const both = view.consumed.find((event) => isBoth(event, view))
    if (both !== undefined) {
      const effect = view.standing(both)[0]
      const says = `${eventName(both)} is a dead letter and took effect in transaction ${effect?.tx.xid}${begunOnly(both, view)}`
      const seqs = [...deliverySeqs(both), effect?.tx.seq, both.deadLetters[0]?.record.seq]
      return violated(this.id, 'both-effect-and-dlt', counterexample(says, seqs, eventSubject(both)))
    }
    const due = view.consumed.filter(
      (event) => event.deliveries.length > 0 && expectedOutcome(event) === 'dead-letter',
    )
    const missing = due.filter(({ deadLetters }) => deadLetters.length === 0)
    return missing.length === 0 ? held(this.id, due.length) : absent(missing, view)
  },
  /** A dead letter disappears. */
  mutation: {
    says: 'drop every dead letter of an event',
    names: ['lost-to-dlt'],
    applies: (view) => view.plan.consumer.progress === 'kafka' && due(view).length > 0,
    apply(view) {
      const completions = new Completions(view)
      const victim = due(view).find((event) => completions.of(event) !== undefined)
      return victim && mutated(view.events, { replaced: victim.deadLetters.map(hole) })
    },
  },
})

/** Both an effect and a dead letter, of one delivery. */
export function isBoth(event: ConsumedEvent, view: ConsumerView): boolean {
  return event.deadLetters.length > 0 && event.deliveries.length === 1 && view.standing(event).length > 0
}

/** Its row was written again afterwards, so that it may have said first that it is begun, and then that it failed. */
function begunOnly({ writes }: ConsumedEvent, view: ConsumerView): string {
  const { done, table } = view.plan.consumer.effects
  if (done !== undefined || writes.length < 2) return ''
  return `; if its row in ${table} only said that it was begun, declare effects.done: { column: 'status', is: 'done' }`
}

function absent(missing: readonly ConsumedEvent[], view: ConsumerView) {
  const completions = new Completions(view)
  const topic = view.plan.consumer.retry?.deadLetter
  const lost = missing
    .map((event) => [event, completions.of(event)] as const)
    .filter((one): one is readonly [ConsumedEvent, Completion] => one[1] !== undefined)
  const [first] = lost
  if (first !== undefined) {
    const [event, completion] = first
    const says = `${eventName(event)} can't be handled and is not on ${topic}, and ${completion.says}${more(lost.length)}`
    const seqs = [
      ...deliverySeqs(event),
      ...event.retries.map(({ record }) => record.seq),
      ...completion.events,
    ]
    return violated('RD3', 'lost-to-dlt', counterexample(says, seqs, eventSubject(event), completion.grade))
  }
  const late = missing.filter((event) => completions.overdue(event))
  const [overdue] = late
  if (overdue === undefined)
    return unknown(
      'RD3',
      `${missing.length} events are no dead letters yet, and the history ends before their bound: let the run come to its end`,
    )
  const says = `${eventName(overdue)} can't be handled and is not on ${topic} ${secondsGive(view.plan.bounds.recovery, clockErrorOf(view, view.lastAt))} after all faults${more(late.length)}; nothing says that it is lost`
  const seqs = [...deliverySeqs(overdue), view.events.at(-1)?.seq]
  return stalled('RD3', 'stalled-consumer', counterexample(says, seqs, eventSubject(overdue), 'C'))
}

function due(view: ConsumerView) {
  return view.consumed.filter(
    (event) => event.deadLetters.length > 0 && expectedOutcome(event) === 'dead-letter',
  )
}
