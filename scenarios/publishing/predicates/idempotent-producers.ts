import { anonymousProducer } from '../../../proof/anonymous-producer.ts'
import type { Predicate } from '../../../proof/predicate.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/**
 * PC2. Every batch on the topic carries a producer id, and so does every produce request that was watched.
 *
 * What can violate it: a producer without idempotence: its own retries can store a record twice or out of order.
 * How it is seen: on the log, in whatever scenario, whatever became of the record; and in the bytes of the requests,
 * where clients are watched.
 * Source of the rule: the guide's producer settings, `enable.idempotence=true`.
 */
export const idempotentProducers: Predicate<PublisherView> = {
  id: 'PC2',
  promise: 'every producer is idempotent',
  names: ['not-idempotent'],
  check: ({ records, clients }) => anonymousProducer(records, clients),
}
