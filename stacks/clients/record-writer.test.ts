import assert from 'node:assert/strict'
import { test } from 'node:test'
import { messageOf } from './record-writer.ts'

test('what was read as bytes is written as those bytes, and text as text', () => {
  const { key, value, headers } = messageOf({
    key: 'o-1',
    value: 'base64:AAAAB/8=',
    headers: { 'retry_topic-backoff-timestamp': 'base64:AaIr/qCY', eventId: 'e-1' },
  })
  assert.deepEqual(key, Buffer.from('o-1'))
  assert.deepEqual(value, Buffer.from([0, 0, 0, 7, 255]))
  assert.deepEqual(headers, {
    'retry_topic-backoff-timestamp': Buffer.from([0x01, 0xa2, 0x2b, 0xfe, 0xa0, 0x98]),
    eventId: Buffer.from('e-1'),
  })
})
