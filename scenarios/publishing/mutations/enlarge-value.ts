import { type Mutation, mutated } from '../../../proof/mutation.ts'
import { LARGEST_VALUE } from '../predicates/payload-below-limit.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/** PS1: a value is one byte larger than it may be. */
export const enlargeValue: Mutation<PublisherView> = {
  predicate: 'PS1',
  says: 'let a value be too large',
  names: ['payload-too-large'],
  applies: (view) => view.records.length > 0,
  apply(view) {
    const record = view.records[0]?.record
    return record && mutated(view.events, { replaced: [{ ...record, valueBytes: LARGEST_VALUE + 1 }] })
  },
}
