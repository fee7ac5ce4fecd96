import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClockError } from './clock-error.ts'

const seen = (at: number, late: number) => ({ at, saidAt: 1_796_000_000_000 + at - late })

test('how late things were seen around a moment, beside those that were seen at once', () => {
  const error = new ClockError([seen(0, 20), seen(5000, 25), seen(6000, 420), seen(20_000, 20)])
  assert.equal(error.near(5500), 400)
  assert.equal(error.near(20_500), 0)
})

test('where nothing is dated, the worst of all stands for it', () => {
  const error = new ClockError([seen(0, 20), seen(5000, 50)])
  assert.equal(error.near(60_000), 30)
})
