import { counterexample, held, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import { deliverySeqs, eventName, eventSubject } from './naming.ts'
import { ownLetters } from './own-letters.ts'

/**
 * RD10. A dead letter that can't be handled either makes no new dead letter.
 *
 * What can violate it: a consumer of the dead-letter topic with the error handling of all others.
 * How it is seen: more dead letters of an event than it has deliveries, and than faults and rebalances in between may
 * have doubled.
 */
export const noDeadLetterLoop = predicate({
  id: 'RD10',
  title: 'no loop',
  claim: 'a dead letter produces no further dead letters',
  promise: 'A dead letter that can not be handled either makes no new dead letters.',
  formal: 'no more dead letters of an event than deliveries, faults and new generations explain',
  controls: ['C2'],
  violations: {
    'dlt-loop': {},
  },
  undeclared: ({ plan }) => (plan.consumer.retry === undefined ? 'no dead letters are declared' : undefined),
  check(view) {
    let judged = 0
    for (const event of view.consumed) {
      const { deliveries } = event
      const deadLetters = ownLetters(event)
      if (deadLetters.length === 0) continue
      judged++
      if (deadLetters.length <= deliveries.length) continue
      const seqs = deadLetters.map(({ record }) => record.seq)
      const rereads = view.rereadsBetween(deliverySeqs(event)[0] ?? 0, Math.max(...seqs))
      if (deadLetters.length <= deliveries.length + rereads) continue
      const says = `${eventName(event)} was delivered ${deliveries.length} times and is ${deadLetters.length} dead letters; faults and rebalances explain ${deliveries.length + rereads}`
      return violated(
        this.id,
        'dlt-loop',
        counterexample(says, [...deliverySeqs(event), ...seqs], eventSubject(event)),
      )
    }
    return held(this.id, judged)
  },
  /** A dead letter leads to more dead letters than anything explains. */
  mutation: {
    says: 'add copies of a dead letter',
    applies: (view) => view.consumed.some(({ deadLetters }) => deadLetters.length > 0),
    apply(view) {
      const event = view.consumed.find(({ deadLetters }) => deadLetters.length > 0)
      const record = event?.deadLetters[0]?.record
      if (event === undefined || record === undefined) return undefined
      const last = Math.max(record.seq, ...event.deadLetters.map((one) => one.record.seq))
      const first = event.deliveries[0]?.record.seq ?? 0
      const count = event.deliveries.length + view.rereadsBetween(first, last + 1) + 1
      const end = Math.max(...view.topics.deadLetters.map((one) => one.record.offset)) + 1
      const copies = Array.from({ length: count }, (_, n) => ({
        ...record,
        seq: last + (n + 1) / (count + 2),
        offset: end + n,
      }))
      return mutated(view.events, { added: copies })
    },
  },
})
