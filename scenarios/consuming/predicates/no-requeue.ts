import { counterexample, held, more, placeOf, violated } from '../../../proof/findings.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { requeuesOf } from '../view/requeues.ts'
import { eventName, eventSubject } from './naming.ts'

/**
 * RD13. An event that fails is not put on its own topic again.
 *
 * What can violate it: a consumer that sends a failed event to the topic that it reads: every other group of that topic
 * gets the event once more, behind newer events of its key, and nothing bounds how often.
 * How it is seen: a record on the declared topic with the id of an event of ours, at a place where we put none. A
 * record behind a dead letter of its event is a redrive, and no requeue.
 */
export const noRequeue = predicate({
  id: 'RD13',
  title: 'no requeue',
  claim: 'a failed event is not put on its own topic again',
  promise:
    'A failed event goes to a retry topic or to the dead letters, and not to the topic that other groups read.',
  formal:
    'every record of an event on the declared topic was put there by its publisher, or follows a dead letter of the event; asked where the retry topics are others than the declared topic',
  expectation: 'declared',
  controls: ['C2'],
  violations: { 'requeued-on-own-topic': {} },
  undeclared: (view) => (retriesOnOwnTopic(view) ? 'it is declared to retry on its own topic' : undefined),
  check(view) {
    if (retriesOnOwnTopic(view)) return held(this.id, 0)
    const delivered = view.consumed.filter(
      ({ deliveries, inputs }) => deliveries.length > 0 && inputs.length > 0,
    )
    const requeued = delivered.filter((event) => requeuesOf(event).length > 0)
    const [event] = requeued
    if (event === undefined) return held(this.id, delivered.length)
    const again = requeuesOf(event)
    const [first] = again
    const says = `${eventName(event)} is on its own topic ${again.length} times more than it was put there, first at ${first ? placeOf(first) : ''}${more(requeued.length)}`
    const seqs = [event.inputs[0]?.seq, ...again.slice(0, 3).map(({ record }) => record.seq)]
    return violated(this.id, 'requeued-on-own-topic', counterexample(says, seqs, eventSubject(event)))
  },
  mutation: {
    says: 'put an event on its own topic again',
    applies: (view) => candidates(view).length > 0,
    apply(view) {
      const [event] = candidates(view)
      const record = event?.deliveries[0]?.record
      return record && mutated(view.events, { added: [behindAll(record, view)] })
    },
  },
})

function retriesOnOwnTopic({ plan: { consumer } }: ConsumerView): boolean {
  return consumer.retry?.topics.includes(consumer.topic) === true
}

function candidates(view: ConsumerView) {
  if (retriesOnOwnTopic(view)) return []
  return view.consumed.filter(
    ({ deliveries, inputs, deadLetters }) =>
      deliveries.length > 0 && inputs.length > 0 && deadLetters.length === 0,
  )
}

/** A copy of a record at the end of its partition. */
function behindAll(record: EventOf<'k.record'>, view: ConsumerView): EventOf<'k.record'> {
  const same = view.consumed.flatMap(({ deliveries }) => deliveries.map((delivery) => delivery.record))
  const offset = same.reduce(
    (end, { partition, offset }) => (partition === record.partition ? Math.max(end, offset + 1) : end),
    view.topics.main.ends.get(record.partition)?.end ?? 0,
  )
  return { ...record, seq: record.seq + 0.5, offset }
}
