import assert from 'node:assert/strict'
import { test } from 'node:test'
import { upcast } from './upcast.ts'

const steps = [(data: unknown) => `${data}→2`, (data: unknown) => `${data}→3`]

test('goes from each version to the newest, one after the other', () => {
  assert.equal(upcast({ version: 1, data: '1' }, steps), '1→2→3')
  assert.equal(upcast({ version: 2, data: '2' }, steps), '2→3')
  assert.equal(upcast({ version: 3, data: '3' }, steps), '3')
  assert.equal(upcast({ version: 1, data: '1' }, []), '1')
})

test('knows no version that is newer', () => {
  assert.throws(() => upcast({ version: 4, data: '4' }, steps), {
    name: 'UndecodableEvent',
    message: /newest is 3/,
  })
})
