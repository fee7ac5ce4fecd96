import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formsOf, inForm } from './key-form.ts'

test('a form is the same each time, and another for another key', () => {
  const keys = Array.from({ length: 50 }, (_, n) => `key-${n}`)
  for (const key of keys) assert.deepEqual(formsOf(key), formsOf(key))
  assert.equal(new Set(keys.flatMap(formsOf)).size, 150)
})

test('a uuid is one of version 4, a number fits into 32 bits', () => {
  for (const key of ['key-01', 'marked-1', 'refused-3', 'marked-1-beside-2', '']) {
    assert.match(
      String(inForm(key, 'uuid')),
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
    const number = Number(inForm(key, 'number'))
    assert.ok(Number.isInteger(number) && number > 0 && number < 2 ** 31, String(number))
  }
})
