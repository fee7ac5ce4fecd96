import { LARGEST_VALUE } from '../predicates/payload-below-limit.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { type Edit, edited } from '../../../proof/mutation.ts'

/** PS1: a value is one byte larger than it may be. */
export const enlargeValue: Edit<PublisherView> = {
  checker: 'PS1',
  says: 'let a value be too large',
  names: ['payload-too-large'],
  applies: (view) => view.records.length > 0,
  apply(view) {
    const record = view.records[0]?.record
    return record && edited(view.events, { replaced: [{ ...record, valueBytes: LARGEST_VALUE + 1 }] })
  },
}
