import { exportsIn } from '../core/module-folder.ts'
import { envelopeOf } from '../proof/history/cloud-event.ts'
import type { HistoryEvent } from '../proof/history/event.ts'
import { header } from '../proof/history/event-id.ts'
import { isFact } from '../proof/history/recorded-fact.ts'
import { withoutPrefix } from '../proof/history/topic-name.ts'
import { looksAt } from '../proof/looks.ts'
import type { Observation, TopicUse } from '../proof/observation.ts'
import { isAntiPattern, type Seen } from './anti-patterns/anti-pattern.ts'
import { ownEvents } from './anti-patterns/own-events.ts'

/** All of the folder: one more is a file there. */
export const ANTI_PATTERNS = await exportsIn(new URL('./anti-patterns/', import.meta.url), isAntiPattern)

/** Calls of different paths that are kept. */
const CALLS = 20

/** What a scenario showed of how its services are built. @param service the one that is under test */
export function observationOf(seen: Seen, service: string | undefined): Observation {
  const calls = callsIn(seen.events)
  const { takes = [] } = seen.publishes ?? {}
  return {
    ...(service === undefined ? {} : { service }),
    ...(seen.consumes === undefined ? {} : { consumes: withoutPrefix(seen.consumes.topic) }),
    topics: topicsOf(seen),
    ...(takes.length > 0 ? { takes } : {}),
    ...(calls.length > 0 ? { calls } : {}),
    looks: looksAt(seen, ANTI_PATTERNS),
  }
}

function topicsOf(seen: Seen): readonly TopicUse[] {
  const writers = new Map<string, Set<string>>()
  const readers = new Map<string, Set<string>>()
  const seqs = new Map<string, number>()
  const logged = new Set<string>()
  const use = (of: Map<string, Set<string>>, topic: string, by: string, seq: number) => {
    if (topic.startsWith('__')) return
    const name = withoutPrefix(topic)
    of.set(name, (of.get(name) ?? new Set()).add(by))
    if (!seqs.has(name)) seqs.set(name, seq)
  }
  for (const event of seen.events) {
    if (event.kind === 'k.client')
      for (const topic of event.topics) use(writers, topic, event.clientId, event.seq)
    else if (isFact(event, 'topic.read')) use(readers, event.subject, event.value, event.seq)
    else if (event.kind === 'k.commit') use(readers, event.topic, withoutPrefix(event.group), event.seq)
    else if (event.kind === 'k.end' && !event.topic.startsWith('__')) logged.add(withoutPrefix(event.topic))
  }
  const own = ownEvents(seen)
  const names = new Set([...writers.keys(), ...readers.keys(), ...own.keys()])
  return [...names].sort().map((topic) => {
    const events = own.get(topic) ?? []
    const attributes = events.map(({ record }) => ({ record, of: envelopeOf(record).attributes }))
    const types = attributes.map(({ record, of }) => of.type ?? header(record.headers, 'eventType'))
    const sources = attributes.map(({ of }) => of.source)
    const seq = events[0]?.record.seq ?? seqs.get(topic)
    return {
      topic,
      writers: [...(writers.get(topic) ?? [])].sort(),
      readers: [...(readers.get(topic) ?? [])].sort(),
      announced: events.length,
      sources: texts(sources),
      types: texts(types),
      ...(seq === undefined ? {} : { seq }),
      logged: logged.has(topic),
    }
  })
}

function texts(values: readonly unknown[]): readonly string[] {
  return [...new Set(values.filter((value) => typeof value === 'string'))].sort()
}

function callsIn(events: readonly HistoryEvent[]): NonNullable<Observation['calls']> {
  const first = new Map<string, number>()
  for (const event of events)
    if (event.kind === 'call' && !first.has(event.stub) && first.size < CALLS)
      first.set(event.stub, event.seq)
  return [...first].map(([request, seq]) => ({ request, seq }))
}
