import { deletesKey } from '../../../proof/history/cloud-event.ts'
import type { EventOf, HistoryEvent } from '../../../proof/history/event.ts'
import type { LoggedRecord } from '../../../proof/history/logged-record.ts'
import type { OnTopic } from '../../predicates/predicate.ts'
import type { ConsumedEvent } from './consumed-event.ts'

interface Seen {
  readonly events: readonly HistoryEvent[]
  readonly consumed: readonly ConsumedEvent[]
  readonly topics: {
    readonly names: readonly string[]
    readonly outputs: readonly LoggedRecord[]
    readonly retries: readonly LoggedRecord[]
    readonly deadLetters: readonly LoggedRecord[]
    idOf(record: EventOf<'k.record'>): string | undefined
  }
}

/**
 * Every record on a consumer's topics: what we delivered, what it handed on (retries, dead letters, redrives, what is put
 * aside), what it published. An event that we spoiled is not there, and neither is what became of it.
 */
export function onTopics({ events, consumed, topics }: Seen): readonly OnTopic[] {
  const origins = new Map<LoggedRecord, ConsumedEvent>()
  const byId = new Map(consumed.map((event) => [event.id, event]))
  for (const event of consumed)
    for (const record of [...event.retries, ...event.deadLetters]) origins.set(record, event)
  const handedOn = (record: LoggedRecord, event = origins.get(record)): OnTopic[] => {
    const [first] = event?.deliveries ?? []
    if (event !== undefined && spoiled(event)) return []
    return [{ ...record, by: 'subject', ...(first === undefined ? {} : { handsOn: first }) }]
  }
  return [
    ...consumed.flatMap((event) => {
      if (spoiled(event)) return []
      const put = new Set(event.inputs.map(({ partition, offset }) => `${partition}@${offset}`))
      return event.deliveries.flatMap((record): OnTopic[] =>
        put.has(`${record.record.partition}@${record.record.offset}`)
          ? [{ ...record, by: 'harness' }]
          : event.inputs.length > 0
            ? handedOn(record, event)
            : [{ ...record, by: 'subject' }],
      )
    }),
    ...topics.retries.flatMap((record) => handedOn(record)),
    ...topics.deadLetters.flatMap((record) => handedOn(record)),
    ...topics.outputs
      .filter(({ record }) => !deletesKey(record))
      .map((record): OnTopic => ({ ...record, by: 'subject' })),
    ...putAside(events, topics.names).flatMap((record) => {
      const id = topics.idOf(record)
      const event = id === undefined ? undefined : byId.get(id)
      return handedOn({ record, id, fate: 'visible', visibleFrom: record.seq }, event)
    }),
  ]
}

/** The harness cut its value off, so that nobody can read it. */
function spoiled({ inputs }: ConsumedEvent): boolean {
  return inputs.some(
    ({ expect, failures, retriable }) => expect === 'dead-letter' && failures === 0 && !retriable,
  )
}

/** Of all topics that are read, the parking lot is the one that belongs to the service beside the consumer. */
export function putAside(
  events: readonly HistoryEvent[],
  names: readonly string[],
): readonly EventOf<'k.record'>[] {
  const others = new Map<string, EventOf<'k.record'>>()
  for (const event of events)
    if (event.kind === 'k.record' && !names.includes(event.topic))
      others.set(`${event.topic}/${event.partition}@${event.offset}`, event)
  return [...others.values()]
}
