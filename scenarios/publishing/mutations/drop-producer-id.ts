import type { PublisherView } from '../view/publisher-view.ts'
import { type Edit, edited } from '../../../proof/mutation.ts'

/** PC2: a record was stored by a producer without an id. */
export const dropProducerId: Edit<PublisherView> = {
  checker: 'PC2',
  says: 'take the producer id from a record',
  names: ['not-idempotent'],
  applies: (view) => view.records.length > 0,
  apply(view) {
    const record = view.records[0]?.record
    const anonymous = { producerId: -1, producerEpoch: -1, sequence: -1, transactional: false }
    return record && edited(view.events, { replaced: [{ ...record, ...anonymous }] })
  },
}
