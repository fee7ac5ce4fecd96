import { counterexample, held, more, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'

/**
 * PC1, of a consumer's own producers. Every produce request for a retry, a dead letter or an output asks for acks=all.
 *
 * What can violate it: acks=1 or acks=0. The offset behind the event is committed when such a producer takes its record
 * for stored: if that is gone with the leader, nobody has the event any more.
 * How it is seen: in the bytes of the requests, in every scenario. A request that names its topics by ids that nobody
 * has named yet is judged, too: it may be for any of them.
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
  check({ producing }) {
    const weak = producing.filter(({ acks }) => acks !== -1)
    const [first] = weak
    if (first === undefined) return held(this.id, producing.length)
    const where = first.topics.length === 0 ? '' : ` for ${first.topics.join(', ')}`
    const says = `client ${first.clientId} asked for acks=${first.acks}${where}${more(weak.length)}`
    return violated(this.id, 'acks-not-all', counterexample(says, [first.seq], {}, 'B'))
  },
  /** A producer of the consumer's asks for the leader's acknowledgement only. */
  mutation: {
    says: 'let a producer ask for acks=1',
    applies: ({ producing }) => producing.length > 0,
    apply(view) {
      const client = view.producing[0]
      return client && mutated(view.events, { replaced: [{ ...client, acks: 1 }] })
    },
  },
})
