import { LARGEST_VALUE } from '../../checkers/publish/payload-below-limit.ts'
import type { PublisherView } from '../../history/publisher-view.ts'
import { type Edit, edited } from '../edit.ts'

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
