import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failed } from '../consumer/forwarded.ts'
import type { ConsumedRecord } from '../consumer/record.ts'
import { deadLetter, parked, redriven } from './dead-letter.ts'

const record: ConsumedRecord = {
  topic: 'payment-events',
  partition: 1,
  offset: 3n,
  timestamp: 1n,
  key: Buffer.from('k'),
  value: Buffer.from('v'),
  headers: [['eventId', Buffer.from('e')]],
}
const stored = (sent: {
  topic: string
  headers: readonly (readonly [string, Buffer | string | null])[]
}) => ({
  ...record,
  topic: sent.topic,
  headers: sent.headers.map(([name, value]) => [name, Buffer.from(value ?? '')] as const),
})
const dead = (of: ConsumedRecord) => stored(failed(of, new Error('why'), { topic: 'dlt', attempts: 4 }))

test('knows what to decide about', () => {
  const { eventId, originalTopic, error, redrives } = deadLetter(dead(record), 'x')
  assert.deepEqual([eventId, originalTopic, error, redrives], ['e', 'payment-events', 'why', 0])
  assert.equal(deadLetter(record, 'x').originalTopic, 'x')
})

test('a redriven record is as it was, with its redrives counted', () => {
  let current = record
  for (const redrives of ['1', '2', '3']) {
    const sent = redriven(deadLetter(dead(current), 'x'))
    assert.deepEqual([sent.topic, sent.key, sent.value], ['payment-events', record.key, record.value])
    assert.deepEqual(sent.headers, [
      ['eventId', Buffer.from('e')],
      ['redrive-count', redrives],
    ])
    current = stored(sent)
  }
  assert.equal(deadLetter(dead(current), 'x').redrives, 3)
})

test('a parked record keeps what was said of its failure', () => {
  const letter = deadLetter(dead(record), 'x')
  assert.deepEqual(parked(letter, 'lot').headers, letter.record.headers)
  assert.equal(parked(letter, 'lot').topic, 'lot')
})
