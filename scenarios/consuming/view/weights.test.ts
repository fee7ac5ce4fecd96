import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { MOST_WEIGHTS, weightAt, weightsIn } from './weights.ts'

test('a sum of weights, each up to three times, tells which they are', () => {
  const counts = fc.array(fc.nat(3), { minLength: 1, maxLength: MOST_WEIGHTS })
  fc.assert(
    fc.property(counts, (counts) => {
      const sum = counts.reduce((sum, times, n) => sum + times * weightAt(n), 0)
      const expected = counts.flatMap((times, n) => (times > 0 ? [[weightAt(n), times]] : []))
      assert.deepEqual([...(weightsIn(sum) ?? [])], expected)
      assert.ok(sum < 2 ** 31, 'an integer of 32 bits holds it')
    }),
  )
})

test('what is no sum of weights is none', () => {
  for (const growth of [0, -4, 1.5, Number.NaN, 2 ** 60]) assert.equal(weightsIn(growth), undefined)
})
