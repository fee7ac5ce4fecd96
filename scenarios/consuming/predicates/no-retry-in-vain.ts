import { counterexample, held, violated } from '../../../proof/findings.ts'
import { predicate } from '../predicate.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { firstWasted, isFutile, isNamed, triedAgain } from './futile-retries.ts'
import { eventName, eventSubject } from './naming.ts'

/**
 * RD14. What no retry is likely to help is tried once: a request that was called wrong (422), a row that a check refuses
 * (23514), a value that can't be read. Nobody promised that: some retry whatever the error says, and mean it. Where a
 * config names it in `retry.never`, RD5 asks for it.
 */
export const noRetryInVain = predicate({
  id: 'RD14',
  title: 'in vain',
  promise: 'What no retry is likely to help is tried once.',
  formal: 'what fails in a lasting way that `retry.never` does not name is tried once and on no retry topic',
  expectation: 'practice',
  controls: ['C2'],
  violations: {
    'retried-in-vain': {},
  },
  undeclared: ({ plan }) => (plan.consumer.retry === undefined ? 'no retries are declared' : undefined),
  check(view) {
    const asked = candidates(view)
    const found = firstWasted(asked, view)
    if (found === undefined) return held(this.id, asked.length)
    const { event, how, seqs } = found
    const says = `${eventName(event)} can't succeed, and ${how}; if it must not be, retry.never says so`
    return violated(this.id, 'retried-in-vain', counterexample(says, seqs, eventSubject(event)))
  },
  /** What no retry can help is tried again. */
  mutation: {
    says: 'try an event again that no retry can help',
    applies: (view) => candidates(view).length > 0,
    apply: (view) => triedAgain(candidates(view)[0], view),
  },
})

function candidates(view: ConsumerView) {
  if (view.plan.consumer.retry === undefined) return []
  return view.consumed.filter((event) => isFutile(event) && !isNamed(event, view))
}
