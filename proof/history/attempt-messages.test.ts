import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attemptTold } from './attempt-messages.ts'

test('the name of an event, with spaces and lines of its own, behind the time', () => {
  assert.deepEqual(attemptTold('1796087824739.014 e 1\n2'), { event: 'e 1\n2', saidAt: 1796087824739.014 })
})

test('what an older version wrote has no time', () => {
  assert.deepEqual(attemptTold('event-1'), { event: 'event-1' })
})
