import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/** PC2: a retry, a dead letter or an output was stored by a producer without an id. */
export const dropProducerId: Mutation<ConsumerView> = {
  predicate: 'PC2',
  says: 'take the producer id from a record that it made',
  names: ['not-idempotent'],
  applies: (view) => ownRecord(view) !== undefined,
  apply(view) {
    const record = ownRecord(view)
    const anonymous = { producerId: -1, producerEpoch: -1, sequence: -1, transactional: false }
    return record && mutated(view.events, { replaced: [{ ...record, ...anonymous }] })
  },
}

function ownRecord({ topics }: ConsumerView) {
  return [...topics.retries, ...topics.deadLetters, ...topics.outputs][0]?.record
}
