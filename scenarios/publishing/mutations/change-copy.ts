import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { endOf, tampered } from './records.ts'

/** OA6: a second copy comes with another id, or, where the id is not a header, with another value. */
export const changeCopy: Mutation<PublisherView> = {
  predicate: 'OA6',
  says: 'add a copy of an event with another id or value',
  names: ['unstable-id', 'divergent-duplicate'],
  applies: () => true,
  apply(view) {
    const { eventId } = view.plan.publisher
    const event = view
      .expectedEvents()
      .find(({ records }) => records[0]?.matchedBy !== undefined && records[0].record.value !== null)
    const first = event?.records[0]
    if (event === undefined || first?.expected !== event) return undefined
    const { record } = first
    const name =
      'header' in eventId
        ? Object.keys(record.headers).find((one) => one.toLowerCase() === eventId.header.toLowerCase())
        : undefined
    const recognisable = event.payload !== undefined || event.amount !== undefined
    const copy = {
      ...record,
      seq: record.seq + 0.5,
      offset: endOf(view, record.partition),
      transactional: false,
      ...(name !== undefined && recognisable
        ? { headers: { ...record.headers, [name]: `${record.headers[name]}-mutated` } }
        : { value: tampered(record.value) }),
    }
    return mutated(view.events, { added: [copy] })
  },
}
