import { Coverage } from '../../../proof/history/coverage.ts'
import type { HistoryEvent } from '../../../proof/history/event.ts'
import { eventIdReader, header } from '../../../proof/history/event-id.ts'
import { type LoggedRecord, TopicLog } from '../../../proof/history/topic-log.ts'
import type { ConsumerDeclaration } from '../plan.ts'
import type { ConsumedEvent } from './consumed-event.ts'
import { type ConsumedEvents, placeOf } from './consumed-events.ts'

type IdOf = ReturnType<typeof eventIdReader>

interface Topic {
  readonly name: string
  readonly idOf: IdOf
  readonly log: TopicLog
  readonly coverage: Coverage
}

/** The declared topic, the retry topics, the dead letters and the outputs, each as the log observer read it. */
export class ConsumerTopics {
  readonly #consumer: ConsumerDeclaration
  readonly #topics: readonly Topic[]
  readonly #byName: ReadonlyMap<string, Topic>
  readonly #causeOf: IdOf
  /** Visible records on the declared topic, by partition and offset. */
  deliveries: readonly LoggedRecord[] = []
  retries: readonly LoggedRecord[] = []
  deadLetters: readonly LoggedRecord[] = []
  outputs: readonly LoggedRecord[] = []
  /** Outputs that name no cause. */
  uncaused: readonly LoggedRecord[] = []

  constructor(consumer: ConsumerDeclaration) {
    const { topic, retry, outputs } = consumer
    const names = retry === undefined ? [topic] : [topic, ...retry.topics, retry.deadLetter]
    const open = (name: string, idOf: IdOf) => ({
      name,
      idOf,
      log: new TopicLog((read) => read),
      coverage: new Coverage(name),
    })
    const idOf = eventIdReader(consumer.eventId)
    this.#consumer = consumer
    this.#topics = [
      ...names.map((name) => open(name, idOf)),
      ...(outputs === undefined ? [] : [open(outputs.topic, eventIdReader(outputs.eventId))]),
    ]
    this.#byName = new Map(this.#topics.map((topic) => [topic.name, topic]))
    this.#causeOf = outputs === undefined ? () => undefined : eventIdReader(outputs.cause)
  }

  add(event: HistoryEvent): void {
    if (event.kind === 'k.record') {
      const topic = this.#byName.get(event.topic)
      topic?.log.add(event, topic.idOf(event))
    } else if (event.kind === 'k.control') this.#byName.get(event.topic)?.log.addControl(event)
    else if (event.kind === 'k.end') this.#byName.get(event.topic)?.coverage.add(event)
    else for (const { coverage } of this.#topics) coverage.add(event)
  }

  /** Gives every event its records. Call it when all inputs are known. */
  settle(events: ConsumedEvents): void {
    const records = this.#topics.map(({ log, coverage }) => {
      const settled = log.settle()
      coverage.settle(log.read)
      return settled
    })
    const [main = [], ...others] = records
    const outputs = this.#consumer.outputs === undefined ? [] : (others.pop() ?? [])
    const dead = this.#consumer.retry === undefined ? [] : (others.pop() ?? [])
    for (const record of main) {
      const { topic, partition, offset } = record.record
      const event =
        events.at(topic, partition, offset) ?? (record.id === undefined ? undefined : events.named(record.id))
      if (event !== undefined) (record.fate === 'visible' ? event.deliveries : event.hidden).push(record)
    }
    this.deliveries = main.filter(isVisible)
    this.retries = others.flat().filter(isVisible)
    this.deadLetters = dead.filter(isVisible)
    const origins = new Origins(this.#consumer, events, this.deliveries)
    for (const record of this.retries) origins.of(record)?.retries.push(record)
    for (const record of this.deadLetters) origins.of(record)?.deadLetters.push(record)
    this.outputs = outputs.filter(isVisible)
    this.uncaused = this.outputs.filter((output) => {
      const cause = this.#causeOf(output.record)
      events.get(cause)?.outputs.push(output)
      return cause === undefined
    })
  }

  get names(): readonly string[] {
    return this.#topics.map(({ name }) => name)
  }

  coverageOf(topic: string): Coverage | undefined {
    return this.#byName.get(topic)?.coverage
  }

  /** All of them, the declared topic first. */
  get coverages(): readonly Coverage[] {
    return this.#topics.map(({ coverage }) => coverage)
  }

  get main(): Coverage {
    return (this.#topics[0] as Topic).coverage
  }

  /** All topics were read to their ends, without a hole, after `seq` was recorded: what is on none of them is absent. */
  readSince(seq: number): boolean {
    return this.coverages.every((coverage) => coverage.logReadSince(seq))
  }
}

/** Finds the event that a record on a retry or dead-letter topic came from. */
class Origins {
  readonly #consumer: ConsumerDeclaration
  readonly #events: ConsumedEvents
  readonly #deliveries: readonly LoggedRecord[]
  #byPlace: Map<string, ConsumedEvent> | undefined
  #byContent: Map<string, ConsumedEvent> | undefined

  constructor(consumer: ConsumerDeclaration, events: ConsumedEvents, deliveries: readonly LoggedRecord[]) {
    this.#consumer = consumer
    this.#events = events
    this.#deliveries = deliveries
  }

  /** By its id; by the place that its headers name; by its bytes. */
  of(record: LoggedRecord): ConsumedEvent | undefined {
    const known = this.#events.get(record.id)
    if (known !== undefined && (known.deliveries.length > 0 || known.inputs.length > 0)) return known
    this.#byPlace ??= this.#index(({ record: { topic, partition, offset } }) =>
      placeOf(topic, partition, offset),
    )
    const place = this.#named(record)
    const there = place === undefined ? undefined : this.#byPlace.get(place)
    if (there !== undefined) return there
    this.#byContent ??= this.#index(contentOf)
    return this.#byContent.get(contentOf(record)) ?? known
  }

  #named({ record }: LoggedRecord): string | undefined {
    const { partition, offset } = this.#consumer.retry?.headers ?? {}
    if (partition === undefined || offset === undefined) return undefined
    const at = [partition, offset].map((name) => header(record.headers, name))
    return at[0] === undefined || at[1] === undefined
      ? undefined
      : placeOf(this.#consumer.topic, at[0], at[1])
  }

  #index(name: (record: LoggedRecord) => string): Map<string, ConsumedEvent> {
    const index = new Map<string, ConsumedEvent>()
    for (const record of this.#deliveries) {
      const { topic, partition, offset } = record.record
      const event = this.#events.at(topic, partition, offset) ?? this.#events.get(record.id)
      if (event !== undefined && !index.has(name(record))) index.set(name(record), event)
    }
    return index
  }
}

function isVisible({ fate }: LoggedRecord): boolean {
  return fate === 'visible'
}

function contentOf({ record }: LoggedRecord): string {
  return `${record.key}\n${record.value}`
}
