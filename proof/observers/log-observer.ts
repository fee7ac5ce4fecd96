import { isUtf8 } from 'node:buffer'
import type { LogRecord, RecordBatch } from '../../kafka-wire/record-batch.ts'
import type { NewEvent } from '../history/event.ts'
import { gapAt, LogReader, missingOffsets, type TopicPartition } from './log-reader.ts'

export interface LogObserverOptions {
  /** An unproxied listener. */
  readonly bootstrapServers: string
  /** Topic → number of partitions; all of them are read from offset 0. */
  readonly topics: Readonly<Record<string, number>>
  readonly record: (event: NewEvent) => void
}

/**
 * Reads every record of the declared topics from offset 0, as stored: key, headers, timestamp, the batch's producer
 * id, epoch and sequence, aborted and open transactions too, and the control records that end them. It fetches on
 * a connection of its own, without a consumer group, so that nothing in between filters or reorders.
 */
export class LogObserver implements AsyncDisposable {
  readonly #record: (event: NewEvent) => void
  readonly #reader: LogReader
  readonly #bootstrapServers: string
  readonly #partitions: readonly TopicPartition[]

  private constructor({ bootstrapServers, topics, record }: LogObserverOptions) {
    this.#record = record
    this.#bootstrapServers = bootstrapServers
    const partitions = Object.entries(topics).flatMap(([topic, count]) =>
      Array.from({ length: count }, (_, partition) => ({ topic, partition })),
    )
    this.#partitions = partitions
    this.#reader = new LogReader({
      bootstrapServers,
      name: 'the log observer',
      partitions: async () => partitions,
      take: (batch, at) => {
        const { topic, partition } = at
        // A fetch brings what there is; in between is nothing any more.
        for (const range of missingOffsets(batch, at.next))
          record({ kind: 'k.removed', topic, partition, ...range })
        for (const one of batch.records) if (one.offset >= at.next) this.#tell(at, batch, one)
      },
      unreadable: (error, at) => record(gapAt(error, at)),
    })
  }

  static open(options: LogObserverOptions): LogObserver {
    return new LogObserver(options)
  }

  /**
   * Waits until everything that was on the log before this call is in the history, and records how far each
   * partition was read. @throws {DeadlinePassed}
   */
  async fence(deadline = 15_000): Promise<void> {
    for (const { topic, partition, next } of await this.#reader.fence(deadline)) {
      this.#record({ kind: 'k.end', topic, partition, from: 0, end: next })
    }
  }

  /**
   * Reads everything anew. @returns how many offsets of those that there were are gone since: what compaction removed
   * @throws {DeadlinePassed}
   */
  async removedSince(deadline = 15_000): Promise<number> {
    let there = 0
    await using again = new LogReader({
      bootstrapServers: this.#bootstrapServers,
      name: 'a second look at the log',
      partitions: async () => this.#partitions,
      take: ({ records }, { next }) => {
        there += records.filter(({ offset }) => offset >= next).length
      },
      // It is there; the first look has said that nobody knows what it holds.
      unreadable: ({ lastOffset }, { next }) => {
        there += lastOffset + 1 - next
      },
    })
    const ends = await again.fence(deadline)
    return ends.reduce((sum, { next }) => sum + next, 0) - there
  }

  #tell({ topic, partition }: TopicPartition, batch: RecordBatch, record: LogRecord): void {
    if (batch.control) {
      // Key of a control record: int16 version, int16 type (0 abort, 1 commit).
      const outcome = record.key?.readInt16BE(2) === 1 ? 'commit' : 'abort'
      this.#record({
        kind: 'k.control',
        topic,
        partition,
        offset: record.offset,
        producerId: batch.producerId,
        outcome,
      })
      return
    }
    this.#record({
      kind: 'k.record',
      topic,
      partition,
      offset: record.offset,
      timestamp: record.timestamp,
      key: textOf(record.key),
      value: textOf(record.value),
      valueBytes: record.value?.length ?? -1,
      ...headersOf(record),
      producerId: batch.producerId,
      producerEpoch: batch.producerEpoch,
      sequence: batch.baseSequence < 0 ? -1 : batch.baseSequence + (record.offset - batch.baseOffset),
      transactional: batch.transactional,
    })
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#reader[Symbol.asyncDispose]()
  }
}

function headersOf({ headers }: LogRecord) {
  const all = headers.map(({ name, value }) => ({ name, value: textOf(value) }))
  const earlier = all.filter(({ name }, at) => all.findLastIndex((one) => one.name === name) !== at)
  return {
    headers: Object.fromEntries(all.map(({ name, value }) => [name, value])),
    ...(earlier.length === 0 ? {} : { earlier }),
  }
}

function textOf(bytes: Buffer | null): string | null {
  if (bytes === null) return null
  return isUtf8(bytes) ? bytes.toString('utf8') : `base64:${bytes.toString('base64')}`
}
