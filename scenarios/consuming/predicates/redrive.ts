import { counterexample, held, placeOf, violated } from '../../../proof/findings.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import type { LoggedRecord } from '../../../proof/history/logged-record.ts'
import { mutated } from '../../../proof/mutation.ts'
import { withoutWrites } from '../mutations/rows.ts'
import { predicate } from '../predicate.ts'
import { attemptsOf } from '../view/attempt-log.ts'
import type { ConsumedEvent } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { Completions } from './completion.ts'
import { eventName, eventSubject } from './naming.ts'

/** A dead letter that came on the topic again. */
export interface Redriven {
  readonly event: ConsumedEvent
  readonly dead: LoggedRecord
  readonly record: LoggedRecord
  /** Undefined where somebody else than the harness placed it. */
  readonly expect: EventOf<'input'>['expect'] | undefined
}

/**
 * RD9. A dead letter that comes again when its cause is gone takes effect, with all attempts before it.
 *
 * What can violate it: headers of the old attempts that are still counted, a dedupe row that was written for the
 * failure, a filter on records that were dead once.
 * How it is seen: a record of the event behind its dead letter. Where the harness placed it, the harness says whether
 * it must succeed now; where somebody else did, it must at least be tried before it is dead again.
 */
export const redrive = predicate({
  id: 'RD9',
  title: 'redrive',
  claim: 'a redriven dead letter takes effect',
  promise: 'A dead letter that comes again when its cause is gone is handled afresh.',
  formal:
    'a dead letter that comes again when its cause is gone takes effect; one of which nothing is known is at least tried',
  controls: ['C2'],
  alsoFor: ['O3'],
  violations: {
    'replay-dead-on-arrival': {},
  },
  undeclared: ({ plan }) => (plan.consumer.retry === undefined ? 'no dead letters are declared' : undefined),
  check(view) {
    const redriven = redrivenIn(view)
    const completions = new Completions(view)
    for (const one of redriven) {
      const { event, dead, record } = one
      const again = event.deadLetters.find(({ record: { seq } }) => seq > record.record.seq)
      const why = deadOnArrival(one, again, completions)
      if (why === undefined) continue
      const says = `${eventName(event)} came again at ${placeOf(record)} after it had been a dead letter, and ${why}`
      const seqs = [dead.record.seq, record.record.seq, again?.record.seq]
      return violated(this.id, 'replay-dead-on-arrival', counterexample(says, seqs, eventSubject(event)))
    }
    return held(this.id, redriven.length)
  },
  /** What came again after it had been a dead letter is one once more. */
  mutation: {
    says: 'make a redriven event a dead letter once more',
    applies: (view) => redrivenIn(view).some(({ expect }) => expect === 'effect'),
    apply(view) {
      const one = redrivenIn(view).find(
        ({ expect, event }) => expect === 'effect' && event.effects.length > 0,
      )
      if (one === undefined) return undefined
      const { event, dead, record } = one
      const { partition } = dead.record
      const offset = Math.max(
        view.topics.deadLetters.filter((other) => other.record.partition === partition).length,
        ...view.topics.deadLetters.map((other) => other.record.offset + 1),
      )
      return mutated(view.events, {
        replaced: withoutWrites(event, view.plan.consumer.effects),
        added: [{ ...dead.record, seq: record.record.seq + 0.5, offset }],
      })
    },
  },
})

/** The first record behind the first dead letter of each event. */
export function redrivenIn(view: ConsumerView): Redriven[] {
  return view.consumed.flatMap((event) => {
    const [dead] = event.deadLetters
    const record = dead && event.deliveries.find(({ record: { seq } }) => seq > dead.record.seq)
    if (dead === undefined || record === undefined) return []
    const { topic, partition, offset } = record.record
    const input = event.inputs.find(
      (one) => one.topic === topic && one.partition === partition && one.offset === offset,
    )
    return [{ event, dead, record, expect: input?.expect }]
  })
}

function deadOnArrival(
  { event, record, expect }: Redriven,
  again: LoggedRecord | undefined,
  completions: Completions,
): string | undefined {
  if (expect === 'dead-letter') return undefined
  const effective = event.effects.some(({ withdrawn }) => withdrawn === undefined)
  if (effective) return undefined
  if (expect === 'effect') {
    if (again !== undefined) return 'is one once more, though its cause is gone'
    return completions.of(event) === undefined ? undefined : 'came to nothing'
  }
  const attempts = attemptsOf(event)
  if (
    again === undefined ||
    attempts.length === 0 ||
    event.retries.some(({ record: { seq } }) => seq > record.record.seq)
  )
    return undefined
  const tried = attempts.some(({ until }) => until >= record.record.at)
  return tried ? undefined : 'is one once more without having been tried'
}
