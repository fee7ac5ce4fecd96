import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventOf, textField, UndecodableEvent, wholeField } from './event.ts'
import type { ConsumedRecord } from './record.ts'

function record(value: string | Buffer | null, headers: Record<string, string>): ConsumedRecord {
  const entries = Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)] as const)
  const bytes = typeof value === 'string' ? Buffer.from(value) : value
  return { topic: 't', partition: 0, offset: 0n, timestamp: 0n, key: null, value: bytes, headers: entries }
}

test('reads an event', () => {
  const headers = { eventId: 'e', eventType: 'T', eventVersion: '2', traceparent: '00-…' }
  assert.deepEqual(eventOf(record('{"a":1}', headers)), {
    id: 'e',
    type: 'T',
    version: 2,
    data: { a: 1 },
    traceparent: '00-…',
  })
  assert.deepEqual(eventOf(record('1', { ce_id: 'c', ce_type: 'C' })), {
    id: 'c',
    type: 'C',
    version: 1,
    data: 1,
    traceparent: undefined,
  })
})

test('refuses what is none', () => {
  const id = { eventId: 'e' }
  const bad: [ConsumedRecord, RegExp][] = [
    [record('{}', {}), /no eventId/],
    [record(null, id), /no value/],
    [record('{', id), /not JSON/],
    [record(Buffer.from([0x22, 0xff, 0x22]), id), /not JSON/],
    [record('{}', { ...id, eventVersion: '0' }), /eventVersion is '0'/],
  ]
  for (const [one, message] of bad) assert.throws(() => eventOf(one), { name: 'UndecodableEvent', message })
})

test('names the field', () => {
  assert.equal(textField({ a: 'x' }, 'a'), 'x')
  assert.equal(wholeField({ a: 0 }, 'a'), 0)
  for (const bad of [{}, null, 7, { a: '' }, { a: 7 }])
    assert.throws(() => textField(bad, 'a'), /^UndecodableEvent: a /)
  for (const bad of [{}, null, { a: '7' }, { a: 1.5 }, { a: -1 }, { a: 2 ** 60 }])
    assert.throws(() => wholeField(bad, 'a'), UndecodableEvent)
})
