import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attemptsBefore, dueAt, failed, withoutFailure } from './forwarded.ts'
import type { ConsumedRecord } from './record.ts'

const record: ConsumedRecord = {
  topic: 'payment-events',
  partition: 2,
  offset: 41n,
  timestamp: 1700000000000n,
  key: Buffer.from([0, 255]),
  value: Buffer.from(' { } '),
  headers: [
    ['eventId', Buffer.from('e')],
    ['twice', Buffer.from('1')],
    ['twice', Buffer.from('2')],
  ],
}
const again = (sent: ReturnType<typeof failed>, topic: string): ConsumedRecord => ({
  ...record,
  topic,
  partition: 0,
  offset: 7n,
  timestamp: 1n,
  headers: sent.headers.map(([name, value]) => [name, value === null ? null : Buffer.from(value)]),
})
const text = (sent: ReturnType<typeof failed>) =>
  Object.fromEntries(sent.headers.map(([name, value]) => [name, String(value)]))

test('keeps bytes and headers, and says where it failed and why', () => {
  const sent = failed(record, new TypeError('x'.repeat(5000)), { topic: 'retry', attempts: 1, dueAt: 99 })
  assert.equal(sent.key, record.key)
  assert.equal(sent.value, record.value)
  assert.deepEqual(sent.headers.slice(0, 3), record.headers)
  assert.deepEqual(
    { ...text(sent), 'kafka_exception-message': '' },
    {
      eventId: 'e',
      twice: '2',
      'kafka_original-topic': 'payment-events',
      'kafka_original-partition': '2',
      'kafka_original-offset': '41',
      'kafka_original-timestamp': '1700000000000',
      'kafka_exception-fqcn': 'TypeError',
      'kafka_exception-message': '',
      'retry_topic-attempts': '1',
      'retry_topic-backoff-timestamp': '99',
    },
  )
  assert.equal(text(sent)['kafka_exception-message']?.length, 1000)
})

test('the origin is that of the first failure, the rest of the last', () => {
  const first = again(failed(record, new Error('a'), { topic: 'retry', attempts: 1, dueAt: 99 }), 'retry')
  assert.equal(attemptsBefore(first), 1)
  assert.equal(dueAt(first), 99)
  const second = failed(first, new Error('b'), { topic: 'dlt', attempts: 2 })
  const headers = text(second)
  assert.equal(headers['kafka_original-topic'], 'payment-events')
  assert.equal(headers['kafka_original-offset'], '41')
  assert.equal(headers['kafka_exception-message'], 'b')
  assert.equal(headers['retry_topic-attempts'], '2')
  assert.ok(!('retry_topic-backoff-timestamp' in headers))
  assert.equal(second.headers.length, 10)
  assert.deepEqual(withoutFailure(again(second, 'dlt')), record.headers)
})

test('counts that nobody wrote count nothing', () => {
  assert.equal(attemptsBefore(record), 0)
  const forged = { ...record, headers: [['retry_topic-attempts', Buffer.from('-3')]] as const }
  assert.equal(attemptsBefore(forged), 0)
})
