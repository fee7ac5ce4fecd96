import assert from 'node:assert/strict'
import { test } from 'node:test'
import { timeCovered } from './time-covered.ts'

const span = (from: number, to: number) => ({ from, to })

test('time in several spans counts once, and what lies outside does not', () => {
  const wait = span(10, 20)
  assert.equal(timeCovered([], wait), 0)
  assert.equal(timeCovered([span(0, 5), span(25, 30)], wait), 0)
  assert.equal(timeCovered([span(0, 30)], wait), 10)
  assert.equal(timeCovered([span(14, 17), span(12, 15), span(13, 14)], wait), 5)
  assert.equal(timeCovered([span(18, 25), span(5, 11)], wait), 3)
})
