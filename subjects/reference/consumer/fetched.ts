import type { Consumer, RecordsBatch } from '@platformatic/kafka'
import type { ConsumedRecord, TopicPartition } from './record.ts'

export type FetchAnswer = Awaited<ReturnType<Consumer['fetch']>>
export type FetchedPartition = FetchAnswer['responses'][number]['partitions'][number]

const TRANSACTIONAL = 0x10
const CONTROL = 0x20
const LOG_APPEND_TIME = 0x08
const ABORT = 0

/** What a fetch brought of one partition. */
export interface Fetched {
  readonly records: readonly ConsumedRecord[]
  /** The offset to go on from; behind the records, and behind what is not for consumers. */
  readonly next: bigint
}

/**
 * Records from `from` on that are committed: markers and records of aborted transactions are passed over.
 *
 * The client's own filter remembers one aborted transaction a producer and needs its marker in the same answer;
 * here each is begun at its first offset and ended by its marker, as in Kafka's client.
 */
export function recordsOf(of: TopicPartition, fetched: FetchedPartition, from: bigint): Fetched {
  const aborted = [...(fetched.abortedTransactions ?? [])].sort((a, b) => order(a.firstOffset, b.firstOffset))
  const open = new Set<bigint>()
  const records: ConsumedRecord[] = []
  let next = from
  for (const batch of fetched.records ?? []) {
    const last = batch.firstOffset + BigInt(batch.lastOffsetDelta)
    if (last >= next) next = last + 1n
    while (aborted[0] !== undefined && aborted[0].firstOffset <= last)
      open.add(aborted.shift()?.producerId ?? -1n)
    if (batch.attributes & CONTROL) {
      if (markerType(batch) === ABORT) open.delete(batch.producerId)
      continue
    }
    if (batch.attributes & TRANSACTIONAL && open.has(batch.producerId)) continue
    for (const record of recordsIn(of, batch)) if (record.offset >= from) records.push(record)
  }
  return { records, next }
}

function* recordsIn({ topic, partition }: TopicPartition, batch: RecordsBatch): Generator<ConsumedRecord> {
  for (const { offsetDelta, timestampDelta, key, value, headers } of batch.records) {
    yield {
      topic,
      partition,
      offset: batch.firstOffset + BigInt(offsetDelta),
      timestamp:
        batch.attributes & LOG_APPEND_TIME ? batch.maxTimestamp : batch.firstTimestamp + timestampDelta,
      key,
      value,
      headers: headers.map(([name, content]) => [String(name ?? ''), content]),
    }
  }
}

function markerType(batch: RecordsBatch): number | undefined {
  return batch.records[0]?.key?.readInt16BE(2)
}

const order = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0)
