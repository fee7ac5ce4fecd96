import { counterexample, held, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { failedTries } from '../mutations/tries.ts'
import { predicate } from '../predicate.ts'
import { type ConsumedEvent, hasFailed } from '../view/consumed-event.ts'
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
export const noFutileRetry = predicate({
  id: 'RD5',
  title: 'class',
  claim: 'an event that no retry can help is tried once',
  promise: 'What no retry can help is tried once.',
  formal: 'what no retry can help is tried once and on no retry topic',
  controls: ['C2'],
  violations: {
    'retry-on-nonretriable': {},
  },
  undeclared: ({ plan }) => (plan.consumer.retry === undefined ? 'no retries are declared' : undefined),
  check(view) {
    if (view.plan.consumer.retry === undefined) return held(this.id, 0)
    let judged = 0
    for (const event of view.consumed) {
      if (!isFutile(event)) continue
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
  /** What no retry can help is tried again. */
  mutation: {
    says: 'try an event again that no retry can help',
    applies: (view) => view.plan.consumer.retry !== undefined && candidates(view).length > 0,
    apply(view) {
      const [event] = candidates(view)
      if (event === undefined) return undefined
      return mutated(view.events, { added: failedTries(event, triesOf(event, 1, view).allowed + 1, view) })
    },
  },
})

/** It failed, and in a way that no retry can help. */
function isFutile(event: ConsumedEvent): boolean {
  return event.deliveries.length > 0 && event.inputs[0]?.retriable === false && hasFailed(event)
}

function candidates(view: ConsumerView) {
  return view.consumed.filter(isFutile)
}
