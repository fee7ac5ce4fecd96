import { counterexample, held, more, violated } from '../../../proof/findings.ts'
import type { Predicate } from '../../../proof/predicate.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/**
 * PC1. Every produce request of every client asks for acks=all.
 *
 * What can violate it: acks=1 or acks=0: what such a client takes for stored can be gone with the leader.
 * How it is seen: in the bytes of the requests, not in a context. Clients are watched where no link is hurt; elsewhere
 * there is nothing to judge, which the figures of the report show.
 * Source of the rule: the guide's producer settings, `acks=all`.
 */
export const acknowledgedByAll: Predicate<PublisherView> = {
  id: 'PC1',
  promise: 'every producer asks for acks=all',
  names: ['acks-not-all'],
  check({ clients }) {
    const weak = clients.filter(({ acks }) => acks !== -1)
    const [first] = weak
    if (first === undefined) return held(this.id, clients.length)
    const says = `client ${first.clientId} asked for acks=${first.acks}${more(weak.length)}`
    return violated(this.id, 'acks-not-all', counterexample(says, [first.seq], {}, 'B'))
  },
}
