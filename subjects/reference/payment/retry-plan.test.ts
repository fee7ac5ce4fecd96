import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Rejected } from '../consumer/failure.ts'
import { attemptsBefore, dueAt } from '../consumer/forwarded.ts'
import type { ConsumedRecord } from '../consumer/record.ts'
import { afterFailure, retryTopics } from './retry-plan.ts'

const plan = { retries: retryTopics('r0,r1, r2', '1000,2000,4000', 'x.'), deadLetters: 'x.dlt' }
const record = { topic: 'x.t', partition: 0, offset: 5n, timestamp: 1n, key: null, value: null, headers: [] }

test('four attempts, each later than the one before, then a dead letter', () => {
  let current: ConsumedRecord = record
  const journey = [1, 2, 3, 4].map((attempt) => {
    const { topic, headers } = afterFailure(plan, current, new Error('503'), 10_000)
    current = { ...record, topic, headers: headers.map(([name, value]) => [name, Buffer.from(value ?? '')]) }
    assert.equal(attemptsBefore(current), attempt)
    return [topic, dueAt(current)]
  })
  assert.deepEqual(journey, [
    ['x.r0', 11_000],
    ['x.r1', 12_000],
    ['x.r2', 14_000],
    ['x.dlt', 0],
  ])
})

test('what would fail again is a dead letter at once', () => {
  assert.equal(afterFailure(plan, record, new Rejected('422'), 0).topic, 'x.dlt')
})

test('refuses a plan that does not fit together', () => {
  assert.throws(() => retryTopics('a,b', '1', ''), /names 2 topics, RETRY_DELAYS_MS 1 delays/)
  assert.throws(() => retryTopics('a', 'soon', ''), /RETRY_DELAYS_MS is 'soon'/)
  assert.deepEqual(retryTopics('', '', ''), [])
})
