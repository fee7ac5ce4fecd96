import assert from 'node:assert/strict'
import { test } from 'node:test'
import { missingOffsets } from './log-reader.ts'

const batch = (lastOffset: number, ...offsets: number[]) => ({
  lastOffset,
  records: offsets.map((offset) => ({ offset, timestamp: 0, key: null, value: null, headers: [] })),
})

test('a batch that goes on where the last one ended has no gap, also where part of it was read', () => {
  assert.deepEqual(missingOffsets(batch(6, 4, 5, 6), 4), [])
  assert.deepEqual(missingOffsets(batch(6, 4, 5, 6), 6), [])
})

test('offsets before, inside and at the end of a batch are missed', () => {
  assert.deepEqual(missingOffsets(batch(12, 6, 7, 10), 3), [
    { from: 3, to: 6 },
    { from: 8, to: 10 },
    { from: 11, to: 13 },
  ])
  assert.deepEqual(missingOffsets(batch(12, 11, 12), 10), [{ from: 10, to: 11 }])
  assert.deepEqual(missingOffsets(batch(12), 12), [{ from: 12, to: 13 }])
})

test('what is not expected yet is not missed', () => {
  assert.deepEqual(missingOffsets(batch(5, 0, 3), 100), [])
})
