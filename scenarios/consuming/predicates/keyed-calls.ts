import { counterexample, held, more, violated } from '../../../proof/findings.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import type { Predicate } from '../../../proof/predicate.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { eventName, eventSubject } from './naming.ts'

/**
 * IC8. Calls that one event makes to the outside carry one idempotency key, however often they are made.
 *
 * What can violate it: a call without a key, a key that is made anew at each attempt: the outside does it twice.
 * How it is seen: our stub writes down each call with its key; looks (GET, HEAD) are no deeds. Calls to different
 * places may have different keys. Asked only where calls are declared.
 */
export const keyedCalls: Predicate<ConsumerView> = {
  id: 'IC8',
  promise: 'calls to the outside can be recognised as the same',
  names: ['unkeyed-external-call', 'duplicate-external-call'],
  undeclared: ({ plan }) => (plan.consumer.calls === undefined ? 'no calls are declared' : undefined),
  check(view) {
    if (view.plan.consumer.calls === undefined) return held(this.id, 0)
    const deeds = view.attempts.calls.filter(isDeed)
    const unkeyed = deeds.filter(({ idempotencyKey }) => idempotencyKey === null || idempotencyKey === '')
    const [first] = unkeyed
    if (first !== undefined) {
      const says = `${first.stub} was called without ${view.plan.consumer.calls.idempotencyKey}${more(unkeyed.length)}`
      const subject = first.event === undefined ? {} : { eventId: first.event }
      return violated(this.id, 'unkeyed-external-call', counterexample(says, [first.seq], subject))
    }
    for (const event of view.consumed) {
      const keys = new Map<string, EventOf<'call'>>()
      for (const call of event.calls.filter(isDeed)) {
        const before = keys.get(call.stub)
        keys.set(call.stub, before ?? call)
        if (before === undefined || before.idempotencyKey === call.idempotencyKey) continue
        const says = `${eventName(event)} called ${call.stub} with key ${before.idempotencyKey} and with ${call.idempotencyKey}`
        const seqs = [before.seq, call.seq]
        return violated(this.id, 'duplicate-external-call', counterexample(says, seqs, eventSubject(event)))
      }
    }
    return held(this.id, deeds.length)
  },
}

function isDeed({ stub }: EventOf<'call'>): boolean {
  return !/^(GET|HEAD|OPTIONS) /.test(stub)
}
