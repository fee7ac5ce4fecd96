import { header } from '../../../proof/history/event-id.ts'
import { canonicalText, enveloped, parsed } from '../../../proof/history/json-content.ts'
import type { LoggedRecord } from '../../../proof/history/logged-record.ts'
import type { TopicLog } from '../../../proof/history/topic-log.ts'
import type { ConsumerDeclaration } from '../plan.ts'
import type { ConsumedEvent } from './consumed-event.ts'
import type { ConsumedEvents } from './consumed-events.ts'

/** Finds the event that a record on a retry or dead-letter topic came from. */
export class Origins {
  readonly #consumer: ConsumerDeclaration
  readonly #events: ConsumedEvents
  readonly #log: TopicLog
  #byContent: Map<string, ConsumedEvent> | undefined
  #byValue: Map<string, ReadonlySet<ConsumedEvent>> | undefined

  /** @param log of the declared topic */
  constructor(consumer: ConsumerDeclaration, events: ConsumedEvents, log: TopicLog) {
    this.#consumer = consumer
    this.#events = events
    this.#log = log
  }

  /** By its id; by the place that its headers name; by its bytes; by what its envelope holds. */
  of(record: LoggedRecord): ConsumedEvent | undefined {
    const known = knownByRecords(this.#events, record.id)
    if (known !== undefined && (known.deliveries.length > 0 || known.inputs.length > 0)) return known
    // More records may say more.
    if (record.id !== undefined) this.#events.unsure = true
    const there = this.#there(record)
    if (there !== undefined) return there
    this.#events.unsure = true
    this.#byContent ??= this.#contents()
    return this.#byContent.get(contentOf(record)) ?? this.#inEnvelope(record) ?? known
  }

  /** The event of the delivery at the place that the record's headers name. */
  #there({ record }: LoggedRecord): ConsumedEvent | undefined {
    const { partition, offset } = this.#consumer.retry?.headers ?? {}
    if (partition === undefined || offset === undefined) return undefined
    const [at, from] = [partition, offset].map((name) => numberIn(header(record.headers, name)))
    if (at === undefined || from === undefined) return undefined
    const delivery = this.#log.at(at, from)
    return delivery?.fate === 'visible' ? this.#eventOf(delivery) : undefined
  }

  /** The event whose value stands inside of the record's, where that is one event's alone. */
  #inEnvelope({ record }: LoggedRecord): ConsumedEvent | undefined {
    const inside = enveloped(parsed(record.value))
    if (inside.length === 0) return undefined
    this.#byValue ??= this.#values()
    for (const text of inside) {
      const [event, ...others] = this.#byValue.get(text) ?? []
      if (event !== undefined && others.length === 0) return event
    }
    return undefined
  }

  #values(): Map<string, ReadonlySet<ConsumedEvent>> {
    const values = new Map<string, Set<ConsumedEvent>>()
    for (const delivery of this.#log.records) {
      const event = delivery.fate === 'visible' ? this.#eventOf(delivery) : undefined
      const { value } = delivery.record
      if (event === undefined || value === null) continue
      const text = canonicalText(value)
      values.set(text, (values.get(text) ?? new Set()).add(event))
    }
    return values
  }

  #eventOf({ record: { topic, partition, offset }, id }: LoggedRecord): ConsumedEvent | undefined {
    return this.#events.at(topic, partition, offset) ?? this.#events.get(id)
  }

  #contents(): Map<string, ConsumedEvent> {
    const contents = new Map<string, ConsumedEvent>()
    for (const delivery of this.#log.records) {
      const event = delivery.fate === 'visible' ? this.#eventOf(delivery) : undefined
      const content = contentOf(delivery)
      if (event !== undefined && !contents.has(content)) contents.set(content, event)
    }
    return contents
  }
}

/** The event with this id, where the harness placed it or a record of the declared topic carries it. */
export function knownByRecords(events: ConsumedEvents, id: string | undefined): ConsumedEvent | undefined {
  const event = events.get(id)
  if (event && (event.inputs.length > 0 || event.deliveries.length > 0 || event.hidden.length > 0))
    return event
  if (id !== undefined) events.unsure = true
  return undefined
}

/** A number as it is written; undefined for what only looks like one. */
function numberIn(text: string | undefined): number | undefined {
  const number = Number(text)
  return String(number) === text ? number : undefined
}

function contentOf({ record }: LoggedRecord): string {
  return `${record.key}\n${record.value}`
}
