import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RecordsBatch } from '@platformatic/kafka'
import { recordsOf } from './fetched.ts'

const at = { topic: 't', partition: 3 }
const TRANSACTIONAL = 0x10
const CONTROL = 0x20
const ABORT = Buffer.from([0, 0, 0, 0])
const COMMIT = Buffer.from([0, 0, 0, 1])

/** A batch with one record an offset. */
function batch(first: number, count: number, more: Partial<RecordsBatch> = {}, key?: Buffer): RecordsBatch {
  return {
    firstOffset: BigInt(first),
    lastOffsetDelta: count - 1,
    firstTimestamp: 1000n,
    maxTimestamp: 9000n,
    attributes: 0,
    producerId: -1n,
    records: Array.from({ length: count }, (_, offsetDelta) => ({
      offsetDelta,
      timestampDelta: BigInt(offsetDelta),
      key: key ?? Buffer.from(`k${first + offsetDelta}`),
      value: null,
      headers: [[Buffer.from('h'), Buffer.from('1')]],
    })),
    ...more,
  } as unknown as RecordsBatch
}

const inTransaction = (first: number, count: number, producerId: bigint) =>
  batch(first, count, { attributes: TRANSACTIONAL, producerId })
const marker = (offset: number, producerId: bigint, key: Buffer) =>
  batch(offset, 1, { attributes: TRANSACTIONAL | CONTROL, producerId }, key)

function read(
  batches: RecordsBatch[],
  from = 0,
  aborted: { producerId: bigint; firstOffset: bigint }[] = [],
) {
  const fetched = { partitionIndex: 3, abortedTransactions: aborted, records: batches }
  const { records, next } = recordsOf(at, fetched as never, BigInt(from))
  return { offsets: records.map(({ offset }) => Number(offset)), next: Number(next), records }
}

test('gives records with place, time, key and headers', () => {
  const { records } = read([batch(5, 2)], 5)
  assert.deepEqual(records[1], {
    topic: 't',
    partition: 3,
    offset: 6n,
    timestamp: 1001n,
    key: Buffer.from('k6'),
    value: null,
    headers: [['h', Buffer.from('1')]],
  })
  assert.equal(read([batch(5, 1, { attributes: 0x08 })], 5).records[0]?.timestamp, 9000n)
})

test('begins in the middle of a batch', () => {
  assert.deepEqual(read([batch(0, 5), batch(5, 2)], 3).offsets, [3, 4, 5, 6])
})

test('goes on where it was when nothing came, and behind markers', () => {
  assert.equal(read([], 7).next, 7)
  assert.equal(read([marker(7, 1n, COMMIT)], 7).next, 8)
  assert.equal(
    recordsOf(at, { partitionIndex: 3, abortedTransactions: null, records: null } as never, 7n).next,
    7n,
  )
})

test('passes over aborted transactions, and only over them', () => {
  const batches = [
    inTransaction(0, 2, 1n),
    batch(2, 1),
    inTransaction(3, 1, 2n),
    marker(4, 1n, ABORT),
    inTransaction(5, 1, 1n),
    marker(6, 1n, COMMIT),
    inTransaction(7, 1, 1n),
    marker(8, 1n, ABORT),
    marker(9, 2n, COMMIT),
    inTransaction(10, 1, 1n),
  ]
  const aborted = [
    { producerId: 1n, firstOffset: 7n },
    { producerId: 1n, firstOffset: 0n },
  ]
  assert.deepEqual(read(batches, 0, aborted), {
    ...read(batches, 0, aborted),
    offsets: [2, 3, 5, 10],
    next: 11,
  })
})

test('passes over an aborted transaction whose marker is in a later answer', () => {
  assert.deepEqual(read([inTransaction(0, 3, 1n)], 0, [{ producerId: 1n, firstOffset: 0n }]).offsets, [])
})
