import { anonymousProducer } from '../../../proof/anonymous-producer.ts'
import type { Predicate } from '../../../proof/predicate.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/**
 * PC2, of a consumer's own producers. Every retry, dead letter and output carries a producer id, and so does every
 * produce request for one.
 *
 * What can violate it: a producer without idempotence: its own retries can store a record twice or out of order.
 * How it is seen: on the log, whatever became of the record; and in the bytes of the requests.
 * Source of the rule: the guide's producer settings, `enable.idempotence=true`.
 */
export const idempotentProducers: Predicate<ConsumerView> = {
  id: 'PC2',
  promise: 'every producer is idempotent',
  names: ['not-idempotent'],
  check: ({ topics, producing }) =>
    anonymousProducer([...topics.retries, ...topics.deadLetters, ...topics.outputs], producing),
}
