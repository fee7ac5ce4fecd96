import type { OnTopic } from '../predicates/predicate.ts'
import { antiPattern, type Seen } from './anti-pattern.ts'
import { NO_EVENTS, ownEvents, rounded } from './own-events.ts'

/** So many that chance does not put all of them into one partition. */
const ENOUGH = 12

/**
 * Reliance on order. Order is per key: what many aggregates share a partition or a key for is an order of everything.
 */
export const orderOverReliance = antiPattern({
  id: 'order-over-reliance',
  title: 'reliance on one order',
  definition: 'Events of many aggregates are in one order: on one partition, or under one key.',
  harm: 'One reader at a time can keep up with it; no second one helps, and one slow event holds up all.',
  remedy:
    'Key events by their aggregate, and build what spans several (a saga) so that order does not matter.',
  threshold: { value: 0.9, of: 'events of a topic on its fullest partition, as a share' },
  look(seen) {
    const topics = [...ownEvents(seen)]
    if (topics.length === 0) return NO_EVENTS
    const readings = topics.flatMap(([topic, events]) => {
      const keys = new Set(events.map(({ record }) => record.key))
      const many = Math.min(events.length, Math.max(keys.size, aggregatesOf(seen)))
      if (many < ENOUGH) return []
      const fullest = fullestOf(events)
      const value = rounded(fullest.length / events.length)
      const under = keys.size > 1 ? '' : keys.has(null) ? ', without a key' : ', under one key'
      const says = `${fullest.length} of ${events.length} events of ${many} aggregates are on partition ${fullest[0]?.record.partition} of ${topic}${under}`
      return [{ at: topic, value, says, events: fullest.slice(0, 3).map(({ record }) => record.seq) }]
    })
    return readings.length === 0
      ? { blind: `events of fewer than ${ENOUGH} aggregates were seen` }
      : { readings }
  },
})

function aggregatesOf({ publishes, consumes }: Seen): number {
  const announced = publishes?.changes.flatMap(({ events }) => events.map(({ key }) => key))
  const answered = consumes?.handled.flatMap(({ outputs, key }) => (outputs > 0 ? [key] : []))
  return new Set((announced ?? answered ?? []).filter((key) => key !== undefined)).size
}

function fullestOf(events: readonly OnTopic[]): readonly OnTopic[] {
  const partitions = [...Map.groupBy(events, ({ record }) => record.partition).values()]
  return partitions.toSorted((a, b) => b.length - a.length)[0] ?? []
}
