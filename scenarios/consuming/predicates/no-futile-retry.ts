import { counterexample, held, violated } from '../../../proof/findings.ts'
import type { Predicate } from '../../../proof/predicate.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { deliverySeqs, eventName, eventSubject } from './naming.ts'
import { triesOf } from './retry-count.ts'

/**
 * RD5. What no retry can help is not tried again.
 *
 * What can violate it: one way of treating all errors.
 * How it is seen: attempts and retry records of events whose failure the scenario made a lasting one. Each copy, and
 * each time that a fault or a rebalance may have made the group read it again, allows one attempt more.
 */
export const noFutileRetry: Predicate<ConsumerView> = {
  id: 'RD5',
  promise: 'what no retry can help is not tried again',
  names: ['retry-on-nonretriable'],
  undeclared: ({ plan }) => (plan.consumer.retry === undefined ? 'no retries are declared' : undefined),
  check(view) {
    if (view.plan.consumer.retry === undefined) return held(this.id, 0)
    let judged = 0
    for (const event of view.consumed) {
      if (event.deliveries.length === 0 || event.inputs[0]?.retriable !== false) continue
      judged++
      const { count, rereads, seqs } = triesOf(event, 1, view)
      if (event.retries.length === 0 && count <= event.deliveries.length + rereads) continue
      const says = `${eventName(event)} can't succeed, and was tried ${Math.max(count, 1 + event.retries.length)} times`
      return violated(
        this.id,
        'retry-on-nonretriable',
        counterexample(says, [...deliverySeqs(event), ...seqs], eventSubject(event)),
      )
    }
    return held(this.id, judged)
  },
}
