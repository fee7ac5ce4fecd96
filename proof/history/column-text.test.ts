import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { columnText } from './column-text.ts'

const sent = (bytes: Uint8Array) => `\\x${Buffer.from(bytes).toString('hex')}`

test('text in a column of bytes is that text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) =>
      assert.equal(columnText(sent(Buffer.from(text))), Buffer.from(text).toString()),
    ),
  )
})

test('bytes that are no text are what a record of them is', () => {
  assert.equal(columnText('\\x00000003ff10'), 'base64:AAAAA/8Q')
  assert.equal(columnText(sent(Buffer.alloc(1_000_000, 0xff))).length, 'base64:'.length + 1_333_336)
})

test('any other column is left as it is', () => {
  for (const text of ['', '{"id":1}', '\\x7', '\\xnothing', 'x7b']) assert.equal(columnText(text), text)
})
