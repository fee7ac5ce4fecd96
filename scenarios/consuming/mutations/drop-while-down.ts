import { type Mutation, mutated } from '../../../proof/mutation.ts'
import { droppedDuring, isOnDeadLetters } from '../predicates/unavailable-dead-letters.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/** RD7: the group goes past an event while its dead letter can't be stored. */
export const dropWhileDown: Mutation<ConsumerView> = {
  predicate: 'RD7',
  says: 'commit past an event while its dead letter can not be stored',
  names: ['dropped-when-dlt-down'],
  applies: (view) => candidate(view) !== undefined,
  apply(view) {
    const found = candidate(view)
    if (found === undefined) return undefined
    const { record, before } = found
    const { at, scenario, topic, partition, offset } = record
    const { group } = view.plan.consumer
    const place = { seq: before - 0.5, at, scenario, topic, partition, offset: offset + 1 }
    // What was committed before the record was there stays; what was committed later comes too late to matter.
    return mutated(view.events, { added: [{ ...place, kind: 'k.commit', group, position: -1 }] })
  },
}

/** An event that was kept while dead letters could not be stored, with its last record by then. */
function candidate(view: ConsumerView) {
  for (const fault of view.disturbances.faults) {
    if (!isOnDeadLetters(fault, view) || fault.cleared === undefined) continue
    const before = fault.cleared.seq
    for (const event of view.consumed) {
      if (droppedDuring(fault, event, view) !== 'kept') continue
      const records = [...event.deliveries, ...event.retries].map(({ record }) => record)
      const record = records.filter(({ seq }) => seq < before).sort((a, b) => b.seq - a.seq)[0]
      if (record !== undefined) return { record, before }
    }
  }
  return undefined
}
