import { setTimeout as pause } from 'node:timers/promises'
import { messageOf } from '../../core/error.ts'
import type { Mutable } from '../../core/mutable.ts'
import { until } from '../../core/until.ts'
import { BrokerConnection } from '../../kafka-wire/broker-connection.ts'
import type { FetchResponseBody } from '../../kafka-wire/messages.ts'
import { BatchNotReadable, type RecordBatch, readBatches } from '../../kafka-wire/record-batch.ts'
import type { NewEvent } from '../history/event.ts'

/** The first version that knows transactions; later ones add sessions and names by id. */
const FETCH_VERSION = 4
/** Uncommitted records are read, too. The broker answers as soon as there is a byte, at the latest after `maxWaitMs`. */
const LIMITS = { maxWaitMs: 1000, minBytes: 1, maxBytes: 64 * 1024 * 1024, isolationLevel: 0 }
const PARTITION_BYTES = 8 * 1024 * 1024
const NOTHING = Buffer.alloc(0)

export interface TopicPartition {
  readonly topic: string
  readonly partition: number
}

interface LogEnd extends TopicPartition {
  /** Behind the last record. */
  readonly end: number
}

/** How far a partition has been read. */
export interface LogPosition extends TopicPartition {
  /** The next offset to be read. */
  readonly next: number
  /** The end of the log when it was last looked at. */
  readonly end: number
  /** The end of the log when it was first looked at; undefined before that. */
  readonly begun: number | undefined
}

export interface LogReaderOptions {
  /** An unproxied listener. */
  readonly bootstrapServers: string
  /** Who reads, in words, for errors. */
  readonly name: string
  /** What is to be read, from offset 0; asked again for as long as it is nothing. */
  readonly partitions: (broker: BrokerConnection) => Promise<readonly TopicPartition[]>
  /** Gets each batch once, in order of a partition; `at.next` is the first offset of it that is new. */
  readonly take: (batch: RecordBatch, at: LogPosition, broker: BrokerConnection) => Promise<void> | void
  /** Hears once of a batch whose records nobody can read, and that is passed over. */
  readonly unreadable: (error: BatchNotReadable, at: LogPosition) => void
}

/** Reads partitions to their end and stays there, on a connection of its own and without a consumer group. */
export class LogReader implements AsyncDisposable {
  readonly #options: LogReaderOptions
  #positions: readonly Mutable<LogPosition>[] = []
  #closing = false
  #failure: string | undefined
  #broker: BrokerConnection | undefined
  readonly #reading: Promise<void>

  constructor(options: LogReaderOptions) {
    this.#options = options
    this.#reading = this.#read()
  }

  /** Waits until everything that was on the log before this call was taken. @throws {DeadlinePassed} */
  async fence(deadline = 15_000): Promise<readonly LogPosition[]> {
    const what = `${this.#options.name} to reach the end of the log`
    const ends = await until(() => this.#ends(), { what, deadline, every: 100 })
    await until(
      () => {
        if (ends.every((one) => this.#has(one))) return true
        // The deadline's error tells what stood in the way.
        if (this.#failure !== undefined) throw new Error(this.#failure)
        return false
      },
      { what, deadline, every: 5 },
    )
    return this.#positions
  }

  /** Asked on a connection of its own: the reader's waits for what is new. */
  async #ends(): Promise<readonly LogEnd[]> {
    await using broker = await BrokerConnection.open(this.#options.bootstrapServers)
    const found = this.#positions.length > 0 ? this.#positions : await this.#options.partitions(broker)
    const asked = found.map((one) => ({ next: 0, ...one }))
    const answered = await this.#fetch(broker, asked, { ...LIMITS, maxWaitMs: 0, maxBytes: 1 })
    return answered.map(({ topic, partitionIndex, highWatermark }) => {
      return { topic, partition: partitionIndex, end: Number(highWatermark) }
    })
  }

  #has({ topic, partition, end }: LogEnd): boolean {
    const position = this.#position(topic, partition)
    return position !== undefined && position.begun !== undefined && position.next >= end
  }

  #position(topic: string, partition: number): Mutable<LogPosition> | undefined {
    return this.#positions.find((one) => one.topic === topic && one.partition === partition)
  }

  async #read(): Promise<void> {
    while (!this.#closing) {
      try {
        await using broker = await BrokerConnection.open(this.#options.bootstrapServers)
        this.#broker = broker
        while (!this.#closing) {
          await this.#round(broker)
          this.#failure = undefined
        }
      } catch (error) {
        this.#failure = messageOf(error)
        // What can't be read now may be a broker that restarts; what can't be read at the end fails the fence.
        if (!this.#closing) await pause(100)
      }
    }
  }

  async #round(broker: BrokerConnection): Promise<void> {
    if (this.#positions.length === 0) {
      const found = await this.#options.partitions(broker)
      this.#positions = found.map((one) => ({ ...one, next: 0, end: 0, begun: undefined }))
      if (found.length === 0) return void (await pause(20))
    }
    for (const one of await this.#fetch(broker, this.#positions, LIMITS)) {
      const position = this.#position(one.topic, one.partitionIndex)
      if (position) await this.#take(position, Number(one.highWatermark), one.records ?? NOTHING, broker)
    }
  }

  async #fetch(
    broker: BrokerConnection,
    from: readonly (TopicPartition & { readonly next: number })[],
    limits: typeof LIMITS,
  ) {
    const byTopic = Map.groupBy(from, ({ topic }) => topic)
    const answer = await broker.ask('fetch', FETCH_VERSION, {
      ...limits,
      topics: [...byTopic].map(([topic, positions]) => ({
        topic,
        partitions: positions.map(({ partition, next }) => ({
          partition,
          fetchOffset: BigInt(next),
          partitionMaxBytes: PARTITION_BYTES,
        })),
      })),
    })
    const { responses } = answer as unknown as FetchResponseBody
    return responses.flatMap(({ topic, partitions }) =>
      partitions.map((one) => {
        const { partitionIndex, errorCode } = one
        if (errorCode !== 0)
          throw new Error(`fetch of ${topic}/${partitionIndex}: Kafka error code ${errorCode}`)
        return { ...one, topic }
      }),
    )
  }

  async #take(position: Mutable<LogPosition>, end: number, bytes: Buffer, broker: BrokerConnection) {
    position.begun ??= end
    position.end = Math.max(position.end, end)
    const pass = ({ lastOffset }: { readonly lastOffset: number }) => {
      position.next = Math.max(position.next, lastOffset + 1)
    }
    try {
      for (const batch of readBatches(bytes)) {
        // A fetch answers with whole batches, so the first one may begin before the position that was asked for.
        if (batch.lastOffset >= position.next) await this.#options.take(batch, position, broker)
        pass(batch)
      }
    } catch (error) {
      if (!(error instanceof BatchNotReadable)) throw error
      this.#options.unreadable(error, position)
      // What is behind it is fetched in the next round.
      pass(error)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing = true
    await this.#broker?.[Symbol.asyncDispose]()
    await this.#reading
  }
}

/** Nobody knows what was on the log there: that a record is absent can not be said any more. */
export function gapAt({ detail, baseOffset }: BatchNotReadable, at: TopicPartition): NewEvent {
  const place = `${at.topic}/${at.partition}@${baseOffset}`
  const hint = detail.hint === undefined ? '' : `; ${detail.hint}`
  const reason = `the record batch at ${place} can’t be read: ${detail.what}${hint}`
  return { kind: 'observer.gap', observer: 'log', reason }
}

/** Offsets from `from` to `to` (exclusive). */
export interface OffsetRange {
  readonly from: number
  readonly to: number
}

/** Ranges of offsets, from `expected` to the end of the batch, that a reader of the whole log has not got. */
export function missingOffsets(
  { records, lastOffset }: Pick<RecordBatch, 'records' | 'lastOffset'>,
  expected: number,
): readonly OffsetRange[] {
  const missing: OffsetRange[] = []
  let next = expected
  const upTo = (end: number) => {
    if (end > next) missing.push({ from: next, to: end })
    next = Math.max(next, end)
  }
  for (const { offset } of records) {
    upTo(offset)
    next = Math.max(next, offset + 1)
  }
  upTo(lastOffset + 1)
  return missing
}
