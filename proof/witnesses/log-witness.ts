import { isUtf8 } from 'node:buffer'
import { setTimeout as pause } from 'node:timers/promises'
import { messageOf } from '../../core/error.ts'
import { until } from '../../core/until.ts'
import type { NewEvent } from '../history/event.ts'
import { BrokerConnection } from '../wire/broker-connection.ts'
import { type LogRecord, type RecordBatch, readBatches } from '../wire/record-batch.ts'

const FETCH = { api: 1, version: 4 }
const PARTITION_BYTES = 8 * 1024 * 1024

export interface LogWitnessOptions {
  /** An unproxied listener. */
  readonly bootstrapServers: string
  /** Topic → number of partitions; all of them are read from offset 0. */
  readonly topics: Readonly<Record<string, number>>
  readonly record: (event: NewEvent) => void
}

interface Position {
  readonly topic: string
  readonly partition: number
  next: number
  end: number
}

/**
 * Reads every record of the declared topics from offset 0, as stored: key, headers, timestamp, the batch's producer
 * id, epoch and sequence, aborted and open transactions too, and the control records that end them. It fetches on
 * a connection of its own, without a consumer group, so that nothing in between filters or reorders.
 */
export class LogWitness implements AsyncDisposable {
  readonly #options: LogWitnessOptions
  readonly #positions: readonly Position[]
  #closing = false
  #failure: string | undefined
  #reading: Promise<void>
  /** Counts whole rounds over all partitions; a fence waits for a round that began after it. */
  #rounds = 0

  private constructor(options: LogWitnessOptions) {
    this.#options = options
    this.#positions = Object.entries(options.topics).flatMap(([topic, partitions]) =>
      Array.from({ length: partitions }, (_, partition) => ({ topic, partition, next: 0, end: 0 })),
    )
    this.#reading = this.#read()
  }

  static open(options: LogWitnessOptions): LogWitness {
    return new LogWitness(options)
  }

  /**
   * Waits until everything that was on the log before this call is in the history, and records how far each
   * partition was read. @throws {DeadlinePassed}
   */
  async fence(deadline = 15_000): Promise<void> {
    const from = this.#rounds
    await until(
      () => {
        if (this.#rounds >= from + 2 && this.#positions.every(({ next, end }) => next >= end)) return true
        // The deadline's error tells what stood in the way.
        if (this.#failure !== undefined) throw new Error(this.#failure)
        return false
      },
      { what: 'the log witness to reach the end of the log', deadline, every: 5 },
    )
    for (const { topic, partition, next } of this.#positions) {
      this.#options.record({ kind: 'k.end', topic, partition, from: 0, end: next })
    }
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
    const answer = await broker.request(FETCH.api, FETCH.version, (body) => {
      body
        .int32(-1)
        .int32(20)
        .int32(1)
        .int32(64 * 1024 * 1024)
        .int8(0)
      const topics = Object.keys(this.#options.topics)
      body.int32(topics.length)
      for (const topic of topics) {
        const positions = this.#positions.filter((position) => position.topic === topic)
        body.string(topic).int32(positions.length)
        for (const { partition, next } of positions) body.int32(partition).int64(next).int32(PARTITION_BYTES)
      }
    })
    answer.int32()
    for (let topics = answer.int32(); topics > 0; topics--) {
      const topic = answer.string() ?? ''
      for (let partitions = answer.int32(); partitions > 0; partitions--) {
        const partition = answer.int32()
        const error = answer.int16()
        const end = answer.int64()
        answer.int64()
        for (let aborted = answer.int32(); aborted > 0; aborted--) answer.slice(16)
        const length = answer.int32()
        const bytes = length > 0 ? answer.slice(length) : Buffer.alloc(0)
        if (error !== 0) throw new Error(`fetch of ${topic}/${partition}: Kafka error code ${error}`)
        const position = this.#positions.find((one) => one.topic === topic && one.partition === partition)
        if (position) this.#take(position, end, bytes)
      }
    }
  }

  #take(position: Position, end: number, bytes: Buffer): void {
    position.end = Math.max(position.end, end)
    for (const batch of readBatches(bytes)) {
      // A fetch answers with whole batches, so the first one may begin before the position that was asked for.
      for (const record of batch.records) {
        if (record.offset >= position.next) this.#tell(position, batch, record)
      }
      position.next = Math.max(position.next, batch.lastOffset + 1)
    }
  }

  #tell({ topic, partition }: Position, batch: RecordBatch, record: LogRecord): void {
    if (batch.control) {
      // Key of a control record: int16 version, int16 type (0 abort, 1 commit).
      const outcome = record.key?.readInt16BE(2) === 1 ? 'commit' : 'abort'
      this.#options.record({
        kind: 'k.control',
        topic,
        partition,
        offset: record.offset,
        producerId: batch.producerId,
        outcome,
      })
      return
    }
    this.#options.record({
      kind: 'k.record',
      topic,
      partition,
      offset: record.offset,
      timestamp: record.timestamp,
      key: textOf(record.key),
      value: textOf(record.value),
      valueBytes: record.value?.length ?? -1,
      headers: Object.fromEntries(record.headers.map(({ name, value }) => [name, textOf(value)])),
      producerId: batch.producerId,
      producerEpoch: batch.producerEpoch,
      sequence: batch.baseSequence < 0 ? -1 : batch.baseSequence + (record.offset - batch.baseOffset),
      transactional: batch.transactional,
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing = true
    await this.#reading
  }
}

function textOf(bytes: Buffer | null): string | null {
  if (bytes === null) return null
  return isUtf8(bytes) ? bytes.toString('utf8') : `base64:${bytes.toString('base64')}`
}
