import { anonymousProducer } from '../../../proof/anonymous-producer.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'

/**
 * PC2. Every batch on the topic carries a producer id, and so does every produce request that was watched.
 *
 * What can violate it: a producer without idempotence: its own retries can store a record twice or out of order.
 * How it is seen: on the log, in whatever scenario, whatever became of the record; and in the bytes of the requests,
 * where clients are watched.
 * Source of the rule: the guide's producer settings, `enable.idempotence=true`.
 */
export const idempotentProducers = predicate({
  id: 'PC2',
  title: 'idempotence',
  claim: 'producers are idempotent',
  promise: 'Every producer is idempotent: its batches carry a producer id and a sequence.',
  formal:
    'every batch on the topic (of a consumer: on the topics of its retries, dead letters and outputs), and every produce request that was watched, carries a producer id',
  controls: ['P3'],
  violations: {
    'not-idempotent': {},
  },
  check: ({ records, clients }) => anonymousProducer(records, clients),
  /** A record was stored by a producer without an id. */
  mutation: {
    says: 'take the producer id from a record',
    applies: (view) => view.records.length > 0,
    apply(view) {
      const record = view.records[0]?.record
      const anonymous = { producerId: -1, producerEpoch: -1, sequence: -1, transactional: false }
      return record && mutated(view.events, { replaced: [{ ...record, ...anonymous }] })
    },
  },
})
