import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { tampered } from './records.ts'

/** OA4: a record says something else than what was committed. */
export const changePayload: Mutation<PublisherView> = {
  predicate: 'OA4',
  says: 'change the payload of a record',
  names: ['payload-divergence'],
  applies: (view) => view.expectedEvents().some(({ payload }) => payload !== undefined),
  apply(view) {
    const event = view
      .expectedEvents()
      .find(
        ({ payload, records }) =>
          payload !== undefined && records.some(({ record }) => !record.value?.startsWith('base64:')),
      )
    const record = event?.records[0]?.record
    return record && mutated(view.events, { replaced: [{ ...record, value: tampered(record.value) }] })
  },
}
