import type { EventOf } from '../../../proof/history/event.ts'
import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { endOf } from './records.ts'

/** OR2: a record of an aggregate lies in another partition than its sister, or under no key where it has none. */
export const movePartition: Mutation<PublisherView> = {
  predicate: 'OR2',
  says: 'move a record of an aggregate to another partition',
  names: ['partition-hop'],
  applies: (view) => view.plan.publisher.order === 'per-key',
  apply(view) {
    const homes = new Map<string, EventOf<'k.record'>>()
    let any: EventOf<'k.record'> | undefined
    for (const { record, expected, fate } of view.records) {
      const key = expected?.key ?? record.key
      if (fate !== 'visible' || key === undefined || key === null) continue
      if (homes.has(key)) {
        const partition = record.partition + 1
        const moved = { ...record, partition, offset: endOf(view, partition), transactional: false }
        return mutated(view.events, { replaced: [moved] })
      }
      homes.set(key, record)
      if (expected?.key !== undefined) any ??= record
    }
    return any && mutated(view.events, { replaced: [{ ...any, key: null }] })
  },
}
