import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request } from './fixture/fake-broker.ts'
import { readRequestHead, readResponseHead } from './head.ts'

const frame = request('heartbeat', 4, 7, {}, 'orders')

test('who asks what, wherever it begins; undefined until it is all there', () => {
  const bytes = Buffer.concat([Buffer.from('before'), frame])
  const head = { length: frame.length, head: 20, api: 12, version: 4, correlationId: 7, clientId: 'orders' }
  assert.deepEqual(readRequestHead(bytes, 6), head)
  for (let length = 0; length < 20; length++)
    assert.equal(readRequestHead(frame.subarray(0, length), 0), undefined)
})

test('a name that is longer than its frame is no name, and hides no later request', () => {
  const garbled = Buffer.from(frame)
  garbled.writeInt16BE(30_000, 12)
  assert.partialDeepStrictEqual(readRequestHead(garbled, 0), { length: frame.length, head: 14, clientId: '' })
})

test('lengths that no frame has are a RangeError', () => {
  for (const size of [-1, 7, 0x7fffffff]) {
    const bytes = Buffer.alloc(20)
    bytes.writeInt32BE(size)
    assert.throws(() => readRequestHead(bytes, 0), RangeError)
    if (size !== 7) assert.throws(() => readResponseHead(bytes, 0), RangeError)
  }
})
