import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { lanes } from './lanes.ts'
import type { ConsumedRecord } from './record.ts'

const record = fc.record({
  topic: fc.constant('t'),
  partition: fc.nat(3),
  key: fc.option(
    fc.constantFrom('a', 'b', 'c', 'd').map((text) => Buffer.from(text)),
    { nil: null },
  ),
})

test('keeps every record, and the order of each key', () => {
  fc.assert(
    fc.property(fc.array(record), fc.integer({ min: 1, max: 5 }), (parts, count) => {
      const records = parts.map((part, index) => ({ ...part, offset: BigInt(index) }) as ConsumedRecord)
      const spread = lanes(records, count)
      assert.ok(spread.length <= count)
      assert.equal(spread.flat().length, records.length)
      for (const lane of spread)
        assert.deepEqual(
          lane,
          lane.toSorted((a, b) => Number(a.offset - b.offset)),
        )
      const laneOf = Map.groupBy(
        spread.flatMap((lane, index) => lane.map(({ key, partition }) => `${key ?? partition} ${index}`)),
        (text) => text.split(' ')[0],
      )
      for (const places of laneOf.values()) assert.equal(new Set(places).size, 1)
    }),
  )
})

test('spreads keys that look alike', () => {
  const records = Array.from({ length: 300 }, (_, n) => ({ key: Buffer.from(`o-${n}`) }) as ConsumedRecord)
  assert.ok(lanes(records, 3).every(({ length }) => length > 50))
})
