import { anonymousProducer } from '../../../proof/anonymous-producer.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/**
 * PC2, of a consumer's own producers. Every retry, dead letter and output carries a producer id, and so does every
 * produce request for one.
 *
 * What can violate it: a producer without idempotence: its own retries can store a record twice or out of order.
 * How it is seen: on the log, whatever became of the record; and in the bytes of the requests.
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
  check: ({ topics, producing }) =>
    anonymousProducer([...topics.retries, ...topics.deadLetters, ...topics.outputs], producing),
  /** A retry, a dead letter or an output was stored by a producer without an id. */
  mutation: {
    says: 'take the producer id from a record that it made',
    applies: (view) => ownRecord(view) !== undefined,
    apply(view) {
      const record = ownRecord(view)
      const anonymous = { producerId: -1, producerEpoch: -1, sequence: -1, transactional: false }
      return record && mutated(view.events, { replaced: [{ ...record, ...anonymous }] })
    },
  },
})

function ownRecord({ topics }: ConsumerView) {
  return [...topics.retries, ...topics.deadLetters, ...topics.outputs][0]?.record
}
