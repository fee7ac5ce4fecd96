import { counterexample, held, more, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'

/**
 * PC1. Every produce request of every client asks for acks=all.
 *
 * What can violate it: acks=1 or acks=0: what such a client takes for stored can be gone with the leader.
 * How it is seen: in the bytes of the requests, not in a context. Clients are watched where no link is hurt; elsewhere
 * there is nothing to judge, which the figures of the report show.
 * Source of the rule: the guide's producer settings, `acks=all`.
 */
export const acknowledgedByAll = predicate({
  id: 'PC1',
  title: 'acks=all',
  claim: 'producers ask for full acknowledgement',
  promise: 'Every produce request asks for acks=all.',
  formal: 'every produce request asks for acks=all; of a consumer: for its retries, dead letters and outputs',
  controls: ['P3'],
  violations: {
    'acks-not-all': {},
  },
  check({ clients }) {
    const weak = clients.filter(({ acks }) => acks !== -1)
    const [first] = weak
    if (first === undefined) return held(this.id, clients.length)
    const says = `client ${first.clientId} asked for acks=${first.acks}${more(weak.length)}`
    return violated(this.id, 'acks-not-all', counterexample(says, [first.seq], {}, 'B'))
  },
  /** A client asks for the leader's acknowledgement only. Clients are watched only where no link is hurt. */
  mutation: {
    says: 'let a client ask for acks=1',
    applies: (view) => view.clients.length > 0,
    apply(view) {
      const client = view.clients[0]
      return client && mutated(view.events, { replaced: [{ ...client, acks: 1 }] })
    },
  },
})
