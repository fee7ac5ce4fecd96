import { counterexample, held, more, placeOf, violated } from '../../proof/findings.ts'
import { mutated } from '../../proof/mutation.ts'
import { predicate } from './predicate.ts'

/**
 * PC2. Every record that a producer stored carries a producer id, and so does every produce request that was watched.
 *
 * What can violate it: a producer without idempotence: its own retries can store a record twice or out of order.
 * How it is seen: on the log, in whatever scenario, whatever became of the record; and in the bytes of the requests,
 * where they are watched. The record on the log is the stronger evidence, and comes first.
 * Source of the rule: the guide's producer settings, `enable.idempotence=true`.
 */
export const idempotentProducers = predicate({
  id: 'PC2',
  title: 'idempotence',
  claim: 'its producers are idempotent',
  promise: 'Every producer is idempotent: its batches carry a producer id and a sequence.',
  formal:
    'every batch on the topic (of a consumer: on the topics of its retries, dead letters and outputs), and every produce request that was watched, carries a producer id',
  controls: ['P3'],
  violations: {
    'not-idempotent': {},
  },
  check({ stored, requests }) {
    const anonymous = stored.filter(({ record }) => record.producerId < 0)
    const [first] = anonymous
    if (first !== undefined) {
      const says = `the record at ${placeOf(first)} carries no producer id${more(anonymous.length)}: its producer is not idempotent (enable.idempotence; of a connector producer.override.enable.idempotence)`
      const { key } = first.record
      const subject = { ...(first.id && { eventId: first.id }), ...(key !== null && { key }) }
      return violated(this.id, 'not-idempotent', counterexample(says, [first.record.seq], subject))
    }
    const asked = requests.find(({ idempotent }) => !idempotent)
    if (asked === undefined) return held(this.id, stored.length + requests.length)
    const says = `client ${asked.clientId} sent a batch without a producer id`
    return violated(this.id, 'not-idempotent', counterexample(says, [asked.seq], {}, 'B'))
  },
  /** A record was stored by a producer without an id. */
  mutation: {
    says: 'take the producer id from a record',
    applies: ({ stored }) => stored.length > 0,
    apply({ events, stored: [first] }) {
      const anonymous = { producerId: -1, producerEpoch: -1, sequence: -1, transactional: false }
      return first && mutated(events, { replaced: [{ ...first.record, ...anonymous }] })
    },
  },
})
