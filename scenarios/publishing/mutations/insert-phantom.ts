import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { endOf } from './records.ts'

/** OA2: a record appears that nobody committed. */
export const insertPhantom: Mutation<PublisherView> = {
  predicate: 'OA2',
  says: 'insert a record that nobody committed',
  names: ['phantom-event'],
  applies: () => true,
  apply(view) {
    const [first] = view.records
    if (first === undefined) return undefined
    const { record } = first
    const phantom = {
      ...record,
      seq: record.seq + 0.5,
      offset: endOf(view, record.partition),
      value: '{"eventproof":"phantom"}',
      headers: {},
      transactional: false,
    }
    return mutated(view.events, { added: [phantom] })
  },
}
