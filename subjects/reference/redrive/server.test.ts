import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approval } from './server.ts'

test('somebody approves some, or says that it is all', () => {
  assert.deepEqual(approval({ by: 'me', eventIds: ['a'] }), { by: 'me', eventIds: ['a'] })
  assert.deepEqual(approval({ by: 'me', all: true }), { by: 'me' })
})

test('whatever else is said approves nothing', () => {
  for (const bad of [
    null,
    [],
    {},
    { by: 'me' },
    { by: '', all: true },
    { all: true },
    { by: 'me', all: false },
    { by: 'me', all: true, eventIds: ['a'] },
    { by: 'me', eventIds: 'a' },
    { by: 'me', eventIds: [1] },
    { by: 'me', eventids: ['a'] },
  ])
    assert.throws(() => approval(bad), { name: 'InvalidApproval' })
})
