import { counterexample, held, violated } from '../../../proof/findings.ts'
import { predicate } from '../predicate.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { firstWasted, isFutile, isNamed, triedAgain } from './futile-retries.ts'
import { eventName, eventSubject } from './naming.ts'

/**
 * RD5. What must not be tried again by the config's own words is tried once.
 *
 * What can violate it: one way of treating all errors.
 * How it is seen: attempts and retry records of events that failed in a way that `retry.never` names. Each copy, and
 * each time that a fault or a rebalance may have made the group read it again, allows one attempt more.
 */
export const noFutileRetry = predicate({
  id: 'RD5',
  title: 'class',
  claim: 'an event that no retry can help is tried once',
  promise: 'What the config names as never to be tried again is tried once.',
  formal: 'what fails in a way that `retry.never` names is tried once and on no retry topic',
  expectation: 'declared',
  controls: ['C2'],
  violations: {
    'retry-on-nonretriable': {},
  },
  undeclared: ({ plan }) =>
    plan.consumer.retry?.never === undefined
      ? 'retry.never does not name what must not be tried again'
      : undefined,
  check(view) {
    const asked = candidates(view)
    const found = firstWasted(asked, view)
    if (found === undefined) return held(this.id, asked.length)
    const { event, how, seqs } = found
    const says = `${eventName(event)} failed in a way that must not be tried again, and ${how}`
    return violated(this.id, 'retry-on-nonretriable', counterexample(says, seqs, eventSubject(event)))
  },
  /** What no retry can help is tried again. */
  mutation: {
    says: 'try an event again that must not be',
    applies: (view) => candidates(view).length > 0,
    apply: (view) => triedAgain(candidates(view)[0], view),
  },
})

function candidates(view: ConsumerView) {
  return view.consumed.filter((event) => isFutile(event) && isNamed(event, view))
}
