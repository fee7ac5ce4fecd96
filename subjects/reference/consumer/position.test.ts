import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Position, positionAt, settle, take } from './position.ts'
import type { ConsumedRecord } from './record.ts'

function record(partition: number, offset: number): ConsumedRecord {
  return { topic: 't', partition, offset: BigInt(offset), timestamp: 0n, key: null, value: null, headers: [] }
}

/** A position with these offsets waiting. */
function position(partition: number, ...offsets: number[]): Position {
  const last = offsets.at(-1) ?? -1
  return {
    ...positionAt({ topic: 't', partition }, BigInt(offsets[0] ?? 0)),
    next: BigInt(last + 1),
    waiting: offsets.map((offset) => record(partition, offset)),
  }
}

const offsets = (records: readonly ConsumedRecord[]) =>
  records.map(({ partition, offset }) => `${partition}@${offset}`)
const always = () => 0

test('takes evenly, each partition in order, and no more than asked', () => {
  const positions = [position(0, 0, 1, 2, 3), position(1, 0), position(2, 0, 1, 2, 3)]
  assert.deepEqual(offsets(take(positions, 6, 0, always)), ['0@0', '0@1', '1@0', '2@0', '2@1', '0@2'])
  assert.deepEqual(offsets(take(positions, 100, 0, always)), ['0@3', '2@2', '2@3'])
  assert.deepEqual(take(positions, 100, 0, always), [])
})

test('holds a partition whose first record is not due, and no other', () => {
  const positions = [position(0, 0, 1, 2), position(1, 0)]
  const dueAt = ({ partition, offset }: ConsumedRecord) => (partition === 0 && offset === 1n ? 50 : 0)
  assert.deepEqual(offsets(take(positions, 10, 49, dueAt)), ['0@0', '1@0'])
  assert.equal(positions[0]?.dueAt, 50)
  assert.deepEqual(take(positions, 10, 49, dueAt), [])
  assert.deepEqual(offsets(take(positions, 10, 50, dueAt)), ['0@1', '0@2'])
  assert.equal(positions[0]?.dueAt, 0)
})

test('all done: what is done ends where the next record waits, or where the next fetch begins', () => {
  const some = position(0, 5, 6, 9)
  some.next = 12n
  const first = take([some], 2, 0, always)
  settle(some, first, new Set(first))
  assert.equal(some.done, 9n)
  const rest = take([some], 2, 0, always)
  settle(some, rest, new Set(rest))
  assert.equal(some.done, 12n)
})

test('nothing is done behind a record that is not, and it is fetched again', () => {
  const some = position(0, 5, 6, 7, 8)
  const taken = take([some], 3, 0, always)
  settle(some, taken, new Set([taken[0], taken[2]] as ConsumedRecord[]))
  assert.equal(some.done, 6n)
  assert.equal(some.next, 6n)
  assert.deepEqual(some.waiting, [])
})
