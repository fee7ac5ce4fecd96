import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BackendKey } from './backend-key.ts'

function message(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeInt32BE(4 + body.length)
  return Buffer.concat([Buffer.from(type), length, body])
}

const KEY = message('K', Buffer.from([0, 0, 0x30, 0x39, 1, 2, 3, 4]))
const BEGIN = Buffer.concat([
  message('R', Buffer.from([0, 0, 0, 0])),
  message('S', Buffer.from('server_version\x0018.4\x00')),
  KEY,
  message('Z', Buffer.from('I')),
])

test('a server says which backend it is, in whatever pieces', () => {
  for (const size of [1, 3, 7, BEGIN.length]) {
    const key = new BackendKey()
    const heard: (number | undefined)[] = []
    for (let at = 0; at < BEGIN.length; at += size) heard.push(key.hear(BEGIN.subarray(at, at + size)))
    assert.deepEqual(
      heard.filter((pid) => pid !== undefined),
      [12345],
    )
  }
})

test('also behind its word that it does not encrypt', () => {
  const key = new BackendKey()
  assert.equal(key.hear(Buffer.from('N')), undefined)
  assert.equal(key.hear(BEGIN), 12345)
})

test('an encrypted session and another protocol tell nothing', () => {
  for (const said of ['S\x16\x03\x03\x00\x5a', 'HTTP/1.1 200 OK\r\n', 'hello']) {
    const key = new BackendKey()
    assert.equal(key.hear(Buffer.from(said)), undefined)
    assert.equal(key.hear(KEY), undefined)
  }
})
