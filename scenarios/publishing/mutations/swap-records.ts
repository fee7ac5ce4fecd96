import type { ExpectedEvent } from '../../../proof/history/expected-event.ts'
import type { PublishedRecord } from '../../../proof/history/topic-log.ts'
import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { copiesOf } from './records.ts'

/** OR1: two events of an aggregate change places. */
export const swapRecords: Mutation<PublisherView> = {
  predicate: 'OR1',
  says: 'swap two events of an aggregate',
  names: ['key-inversion'],
  applies: (view) => view.plan.publisher.order === 'per-key',
  apply(view) {
    const earlier = new Map<string, [ExpectedEvent, PublishedRecord]>()
    for (const event of view.expectedEvents()) {
      const b = event.records[0]
      if (b === undefined || b.expected !== event || event.key === undefined) continue
      const [first, a] = earlier.get(event.key) ?? []
      const apart = a?.record.partition === b.record.partition && a.record.offset !== b.record.offset
      if (a !== undefined && apart && first?.tx !== event.tx) {
        return mutated(view.events, {
          without: [...copiesOf(view, a), ...copiesOf(view, b)].filter(
            (seq) => seq !== a.record.seq && seq !== b.record.seq,
          ),
          replaced: [
            { ...a.record, offset: b.record.offset, transactional: false },
            { ...b.record, offset: a.record.offset, transactional: false },
          ],
        })
      }
      earlier.set(event.key, [event, b])
    }
    return undefined
  },
}
