import { counterexample, held, violated } from '../../../proof/findings.ts'
import type { Predicate } from '../../../proof/predicate.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { deliverySeqs, eventName, eventSubject } from './naming.ts'

/**
 * RD10. A dead letter that can't be handled either makes no new dead letter.
 *
 * What can violate it: a consumer of the dead-letter topic with the error handling of all others.
 * How it is seen: more dead letters of an event than it has deliveries, and than faults and rebalances in between may
 * have doubled.
 */
export const noDeadLetterLoop: Predicate<ConsumerView> = {
  id: 'RD10',
  promise: 'a dead letter makes no dead letters',
  names: ['dlt-loop'],
  undeclared: ({ plan }) => (plan.consumer.retry === undefined ? 'no dead letters are declared' : undefined),
  check(view) {
    let judged = 0
    for (const event of view.consumed) {
      const { deadLetters, deliveries } = event
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
}
