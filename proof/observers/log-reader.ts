import { setTimeout as pause } from 'node:timers/promises'
import { messageOf } from '../../core/error.ts'
import { until } from '../../core/until.ts'
import { BrokerConnection } from '../../kafka-wire/broker-connection.ts'
import type { FetchResponseBody } from '../../kafka-wire/messages.ts'
import { BatchNotReadable, type RecordBatch, readBatches } from '../../kafka-wire/record-batch.ts'
import type { NewEvent } from '../history/event.ts'

/** The first version that knows transactions; later ones add sessions and names by id. */
const FETCH_VERSION = 4
/** What is uncommitted is read, too. The broker waits 20 ms for the first byte. */
const LIMITS = { maxWaitMs: 20, minBytes: 1, maxBytes: 64 * 1024 * 1024, isolationLevel: 0 }
const PARTITION_BYTES = 8 * 1024 * 1024
const NOTHING = Buffer.alloc(0)

export interface TopicPartition {
  readonly topic: string
  readonly partition: number
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

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** Reads partitions to their end and stays there, on a connection of its own and without a consumer group. */
export class LogReader implements AsyncDisposable {
  readonly #options: LogReaderOptions
  #positions: readonly Mutable<LogPosition>[] = []
  #closing = false
  #failure: string | undefined
  readonly #reading: Promise<void>
  /** Counts whole rounds over all partitions; a fence waits for a round that began after it. */
  #rounds = 0

  constructor(options: LogReaderOptions) {
    this.#options = options
    this.#reading = this.#read()
  }

  /** Waits until everything that was on the log before this call was taken. @throws {DeadlinePassed} */
  async fence(deadline = 15_000): Promise<readonly LogPosition[]> {
    const from = this.#rounds
    await until(
      () => {
        if (this.#rounds >= from + 2 && this.#positions.every(({ next, end }) => next >= end)) return true
        // The deadline's error tells what stood in the way.
        if (this.#failure !== undefined) throw new Error(this.#failure)
        return false
      },
      { what: `${this.#options.name} to reach the end of the log`, deadline, every: 5 },
    )
    return this.#positions
  }

  async #read(): Promise<void> {
    while (!this.#closing) {
      try {
        await using broker = await BrokerConnection.open(this.#options.bootstrapServers)
        while (!this.#closing) {
          await this.#round(broker)
          this.#rounds++
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
    for (const { topic, partitions } of await this.#fetch(broker)) {
      for (const { partitionIndex, errorCode, highWatermark, records } of partitions) {
        if (errorCode !== 0)
          throw new Error(`fetch of ${topic}/${partitionIndex}: Kafka error code ${errorCode}`)
        const position = this.#positions.find(
          (one) => one.topic === topic && one.partition === partitionIndex,
        )
        if (position) await this.#take(position, Number(highWatermark), records ?? NOTHING, broker)
      }
    }
  }

  async #fetch(broker: BrokerConnection): Promise<FetchResponseBody['responses']> {
    const byTopic = Map.groupBy(this.#positions, ({ topic }) => topic)
    const answer = await broker.ask('fetch', FETCH_VERSION, {
      ...LIMITS,
      topics: [...byTopic].map(([topic, positions]) => ({
        topic,
        partitions: positions.map(({ partition, next }) => ({
          partition,
          fetchOffset: BigInt(next),
          partitionMaxBytes: PARTITION_BYTES,
        })),
      })),
    })
    return (answer as unknown as FetchResponseBody).responses
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
