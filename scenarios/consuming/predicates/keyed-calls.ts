import { counterexample, held, more, violated } from '../../../proof/findings.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import type { ConsumedEvent } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { deedsOf, isDeed } from './deeds.ts'
import { eventName, eventSubject } from './naming.ts'

/**
 * IC8. Calls that one event makes to the outside carry one idempotency key, however often they are made, and no other
 * event's calls carry it.
 *
 * What can violate it: a call without a key, a key that is made anew at each attempt: the outside does it twice. A key
 * made of the aggregate: the outside takes the second event's call for the first one's, and does nothing.
 * How it is seen: our stub writes down each call with its key; looks (GET, HEAD) are no deeds. Calls to different
 * places may have different keys. Asked only where calls are declared.
 */
export const keyedCalls = predicate({
  id: 'IC8',
  title: 'outside calls',
  promise: 'Calls to the outside for one event carry one idempotency key, which is that event’s alone.',
  formal:
    'calls for one event to one place carry one idempotency key, each call carries one, and no two events share one there; looks (GET, HEAD) are not asked',
  expectation: 'declared',
  controls: ['C1'],
  violations: {
    'duplicate-external-call': {},
    'unkeyed-external-call': {},
    'shared-idempotency-key': {},
  },
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
    const owners = new Map<string, { readonly event: ConsumedEvent; readonly call: EventOf<'call'> }>()
    for (const event of view.consumed) {
      const keys = new Map<string, EventOf<'call'>>()
      for (const call of deedsOf(event)) {
        const place = `${call.stub} ${call.idempotencyKey}`
        const owner = owners.get(place) ?? { event, call }
        owners.set(place, owner)
        if (owner.event !== event) {
          const says = `${eventName(owner.event)} and ${eventName(event)} called ${call.stub} with one key, ${call.idempotencyKey}: the outside takes the second for a repetition of the first`
          const seqs = [owner.call.seq, call.seq]
          return violated(this.id, 'shared-idempotency-key', counterexample(says, seqs, eventSubject(event)))
        }
        const before = keys.get(call.stub)
        keys.set(call.stub, before ?? call)
        if (before === undefined || before.idempotencyKey === call.idempotencyKey) continue
        const says = `${eventName(event)} called ${call.stub} with key ${before.idempotencyKey} and with ${call.idempotencyKey}`
        const seqs = [before.seq, call.seq]
        return violated(this.id, 'duplicate-external-call', counterexample(says, seqs, eventSubject(event)))
      }
    }
    return held(this.id, view.consumed.flatMap(deedsOf).length)
  },
  /** A call to the outside loses its idempotency key. */
  mutation: {
    says: 'take the idempotency key from a call',
    names: ['unkeyed-external-call'],
    applies: (view) => view.plan.consumer.calls !== undefined && deeds(view).length > 0,
    apply(view) {
      const [call] = deeds(view)
      return call && mutated(view.events, { replaced: [{ ...call, idempotencyKey: null }] })
    },
  },
})

function deeds({ attempts }: ConsumerView) {
  return attempts.calls.filter(isDeed)
}
