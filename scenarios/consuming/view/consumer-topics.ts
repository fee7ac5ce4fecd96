import { inserted } from '../../../proof/history/appended.ts'
import { Coverage } from '../../../proof/history/coverage.ts'
import type { EventOf, HistoryEvent } from '../../../proof/history/event.ts'
import { eventIdReader } from '../../../proof/history/event-id.ts'
import type { LoggedRecord } from '../../../proof/history/logged-record.ts'
import { TopicLog } from '../../../proof/history/topic-log.ts'
import type { ConsumerDeclaration } from '../plan.ts'
import { byOffset, type ConsumedEvents } from './consumed-events.ts'
import { knownByRecords, Origins } from './origins.ts'

type IdOf = ReturnType<typeof eventIdReader>

interface Topic {
  readonly name: string
  readonly idOf: IdOf
  readonly log: TopicLog
  readonly coverage: Coverage
  /** Its visible records, by partition and offset. */
  visible(): readonly LoggedRecord[]
}

/** The declared topic, the retry topics, the dead letters and the outputs, each as the log observer read it. */
export class ConsumerTopics {
  readonly #main: Topic
  readonly #retries: readonly Topic[]
  readonly #dead: Topic | undefined
  readonly #outputs: Topic | undefined
  readonly #all: readonly Topic[]
  readonly #byName: ReadonlyMap<string, Topic>
  readonly #causeOf: IdOf
  readonly #consumer: ConsumerDeclaration

  constructor(consumer: ConsumerDeclaration) {
    const { topic, retry, outputs } = consumer
    const idOf = eventIdReader(consumer.eventId)
    this.#consumer = consumer
    this.#main = opened(topic, idOf)
    this.#retries = (retry?.topics ?? []).map((name) => opened(name, idOf))
    this.#dead = retry && opened(retry.deadLetter, idOf)
    this.#outputs = outputs && opened(outputs.topic, eventIdReader(outputs.eventId))
    this.#all = [this.#main, ...this.#retries, this.#dead, this.#outputs].filter((one) => one !== undefined)
    this.#byName = new Map(this.#all.map((topic) => [topic.name, topic]))
    this.#causeOf = outputs === undefined ? () => undefined : eventIdReader(outputs.cause)
  }

  add(event: HistoryEvent): void {
    if (event.kind === 'k.record') {
      const topic = this.#byName.get(event.topic)
      const record = {
        record: event,
        id: topic?.idOf(event),
        fate: 'visible',
        visibleFrom: event.seq,
      } as const
      topic?.log.add(event, record)
    } else if (event.kind === 'k.control') this.#byName.get(event.topic)?.log.addControl(event)
    else if (event.kind === 'k.end') this.#byName.get(event.topic)?.coverage.add(event)
    else for (const { coverage } of this.#all) coverage.add(event)
  }

  /** Grows with everything that is read. */
  get version(): number {
    return this.#all.reduce((sum, { log }) => sum + log.version, 0)
  }

  /** How often something came before what had been read already. */
  get disorders(): number {
    return this.#all.reduce((sum, { log }) => sum + log.disorders, 0)
  }

  /** Tells every record again: the events begin anew. */
  tellAgain(): void {
    for (const { log } of this.#all) log.tellAgain()
  }

  /** Whether a record was given to another event, before it was known what was placed there. */
  misjudged({ topic, partition, offset, event }: EventOf<'input'>, events: ConsumedEvents): boolean {
    const there = topic === this.#main.name ? this.#main.log.at(partition, offset) : undefined
    if (there?.id === undefined || there.id === event) return false
    const other = events.get(there.id)
    return other !== undefined && [...other.deliveries, ...other.hidden].includes(there)
  }

  /** Gives events the records that were read since the last call. Call it when all inputs are known. */
  settle(events: ConsumedEvents): void {
    const main = this.#main.log.news()
    for (const record of main.decided) {
      const event = events.recorded(record)
      if (event === undefined || record.fate !== 'visible') continue
      event.hidden = event.hidden.filter((one) => one !== record)
      event.deliveries = inserted(event.deliveries, record, byOffset)
    }
    for (const record of main.read) {
      const event = events.recorded(record)
      if (event === undefined) continue
      if (record.fate === 'visible') event.deliveries = inserted(event.deliveries, record, byOffset)
      else event.hidden = inserted(event.hidden, record, byOffset)
    }
    const origins = new Origins(this.#consumer, events, this.#main.log)
    const rank = new Map(this.#retries.map(({ name }, n) => [name, n]))
    const inRetryOrder = (a: LoggedRecord, b: LoggedRecord) =>
      (rank.get(a.record.topic) ?? 0) - (rank.get(b.record.topic) ?? 0) || byOffset(a, b)
    for (const record of this.#retries.flatMap(({ log }) => nowVisible(log))) {
      const event = origins.of(record)
      if (event !== undefined) event.retries = inserted(event.retries, record, inRetryOrder)
    }
    for (const record of this.#dead === undefined ? [] : nowVisible(this.#dead.log)) {
      const event = origins.of(record)
      if (event !== undefined) event.deadLetters = inserted(event.deadLetters, record, byOffset)
    }
    for (const record of this.#outputs === undefined ? [] : nowVisible(this.#outputs.log)) {
      const event = knownByRecords(events, this.#causeOf(record.record))
      if (event !== undefined) event.outputs = inserted(event.outputs, record, byOffset)
    }
  }

  /** Visible records on the declared topic, by partition and offset. */
  get deliveries(): readonly LoggedRecord[] {
    return this.#main.visible()
  }
  get retries(): readonly LoggedRecord[] {
    return this.#retries.flatMap((topic) => topic.visible())
  }
  get deadLetters(): readonly LoggedRecord[] {
    return this.#dead?.visible() ?? []
  }
  get outputs(): readonly LoggedRecord[] {
    return this.#outputs?.visible() ?? []
  }
  /** Outputs that name no cause. */
  get uncaused(): readonly LoggedRecord[] {
    return this.outputs.filter(({ record }) => this.#causeOf(record) === undefined)
  }

  /** The id of an event, as the declared topic carries it. */
  idOf(record: EventOf<'k.record'>): string | undefined {
    return this.#main.idOf(record)
  }

  get names(): readonly string[] {
    return this.#all.map(({ name }) => name)
  }

  coverageOf(topic: string): Coverage | undefined {
    return this.#byName.get(topic)?.coverage
  }

  /** All of them, the declared topic first. */
  get coverages(): readonly Coverage[] {
    return this.#all.map(({ coverage }) => coverage)
  }

  get main(): Coverage {
    return this.#main.coverage
  }

  /** All topics were read to their ends, without a hole, after `seq` was recorded: what is on none of them is absent. */
  readSince(seq: number): boolean {
    return this.#all.every(({ coverage }) => coverage.logReadSince(seq))
  }
}

function opened(name: string, idOf: IdOf): Topic {
  const log = new TopicLog()
  let known: { readonly version: number; readonly records: readonly LoggedRecord[] } | undefined
  const visible = () => {
    if (known?.version !== log.version)
      known = { version: log.version, records: log.records.filter(({ fate }) => fate === 'visible') }
    return known.records
  }
  return { name, idOf, log, coverage: new Coverage(name, log), visible }
}

/** Records that were not to be seen when the log was asked last. */
function nowVisible(log: TopicLog): readonly LoggedRecord[] {
  const { read, decided } = log.news()
  return [...decided, ...read].filter(({ fate }) => fate === 'visible')
}
