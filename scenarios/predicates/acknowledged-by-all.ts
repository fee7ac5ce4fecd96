import { counterexample, held, more, violated } from '../../proof/findings.ts'
import { mutated } from '../../proof/mutation.ts'
import { predicate } from './predicate.ts'

/**
 * PC1. Every produce request asks for acks=all.
 *
 * What can violate it: acks=1 or acks=0: a record that such a producer takes for stored can be gone with the leader.
 * Where it is a retry or a dead letter, the offset behind its event is committed by then, and nobody has the event.
 * How it is seen: in the bytes of the requests. A publisher's are watched where no link is hurt; elsewhere there is
 * nothing to judge, which the figures of the report show. A request that names its topics by ids that nobody has named
 * yet is judged, too: it may be for any of them.
 * Source of the rule: the guide's producer settings, `acks=all`.
 */
export const acknowledgedByAll = predicate({
  id: 'PC1',
  title: 'acks=all',
  claim: 'its producers ask for full acknowledgement',
  promise: 'Every produce request asks for acks=all.',
  formal: 'every produce request asks for acks=all; of a consumer: for its retries, dead letters and outputs',
  controls: ['P3'],
  violations: {
    'acks-not-all': {},
  },
  check({ requests }) {
    const weak = requests.filter(({ acks }) => acks !== -1)
    const [first] = weak
    if (first === undefined) return held(this.id, requests.length)
    const where = first.topics.length === 0 ? '' : ` for ${first.topics.join(', ')}`
    const says = `client ${first.clientId} asked for acks=${first.acks}${where}${more(weak.length)}`
    return violated(this.id, 'acks-not-all', counterexample(says, [first.seq], {}, 'B'))
  },
  /** A producer asks for the leader's acknowledgement only. */
  mutation: {
    says: 'let a producer ask for acks=1',
    applies: ({ requests }) => requests.length > 0,
    apply({ events, requests: [request] }) {
      return request && mutated(events, { replaced: [{ ...request, acks: 1 }] })
    },
  },
})
