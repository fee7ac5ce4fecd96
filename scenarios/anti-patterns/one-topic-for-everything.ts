import type { Observed, ReadingAcross } from '../../proof/anti-pattern.ts'
import { envelopeOf } from '../../proof/history/cloud-event.ts'
import type { OnTopic } from '../predicates/predicate.ts'
import { antiPattern } from './anti-pattern.ts'
import { NO_EVENTS, ownEvents } from './own-events.ts'

/**
 * One topic for everything. CloudEvents' `source` says which domain an event is of. Several publishers of a run may
 * share a topic, so what each announced is put together.
 */
export const oneTopicForEverything = antiPattern({
  id: 'one-topic-for-everything',
  title: 'one topic for everything',
  definition: 'Events of several domains are on one topic.',
  harm: 'It can’t be scaled, kept or guarded by domain, and each reader fetches what it then throws away.',
  remedy: 'Give each domain a topic of its own, named after it.',
  threshold: { value: 2, of: 'CloudEvents sources on a topic' },
  look(seen) {
    const topics = [...ownEvents(seen)]
    if (topics.length === 0) return NO_EVENTS
    const readings = topics.flatMap(([topic, events]) => {
      const bySource = Map.groupBy(events.filter(sourceOf), sourceOf)
      return bySource.size === 0 ? [] : [reading(topic, bySource)]
    })
    return readings.length === 0
      ? { blind: 'no event says by its CloudEvents source whose it is (D2)' }
      : { readings }
  },
  across(observed) {
    const uses = observed.flatMap((one) => one.observation.topics.map((use) => ({ one, use })))
    return [...Map.groupBy(uses, ({ use }) => use.topic)].flatMap(([topic, all]): ReadingAcross[] => {
      const first = all.find(({ use }) => use.sources.length > 0)
      const sources = [...new Set(all.flatMap(({ use }) => use.sources))].sort()
      return first === undefined || all.some(({ use }) => use.sources.length === sources.length)
        ? []
        : [shared(topic, sources, first.one, first.use.seq)]
    })
  },
})

function sourceOf({ record }: OnTopic): string | undefined {
  const { source } = envelopeOf(record).attributes
  return typeof source === 'string' ? source : undefined
}

function reading(topic: string, bySource: ReadonlyMap<string | undefined, readonly OnTopic[]>) {
  const says = `${topic} holds events of ${[...bySource.keys()].sort().join(', ')}`
  const events = [...bySource.values()].flatMap(([first]) => first?.record.seq ?? [])
  return { at: topic, value: bySource.size, says, events: events.slice(0, 6) }
}

function shared(topic: string, sources: readonly string[], { scenario, subject }: Observed, seq?: number) {
  const says = `${topic} holds events of ${sources.join(', ')}, from several publishers`
  return { scenario, subject, at: topic, value: sources.length, says, events: seq === undefined ? [] : [seq] }
}
