import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/** PC2: a record was stored by a producer without an id. */
export const dropProducerId: Mutation<PublisherView> = {
  predicate: 'PC2',
  says: 'take the producer id from a record',
  names: ['not-idempotent'],
  applies: (view) => view.records.length > 0,
  apply(view) {
    const record = view.records[0]?.record
    const anonymous = { producerId: -1, producerEpoch: -1, sequence: -1, transactional: false }
    return record && mutated(view.events, { replaced: [{ ...record, ...anonymous }] })
  },
}
