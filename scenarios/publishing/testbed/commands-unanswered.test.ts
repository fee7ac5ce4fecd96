import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unanswered } from './commands-unanswered.ts'

const ok = { outcome: 'ok', status: 201, reason: '' } as const
const none = { outcome: 'info', status: 0, reason: 'no answer within 5 s' } as const
const wrong = { outcome: 'fail', status: 404, reason: 'Not Found' } as const

test('commands that are all unanswered or refused are told, with the last answer', () => {
  const error = unanswered('orders', [none, wrong], 0)
  assert.equal(error?.code, 'EVENTPROOF_COMMANDS_UNANSWERED')
  assert.match(error?.detail.what ?? '', /none of 2 commands/)
  assert.equal(error?.detail.last, 'Not Found')
})

test('one that is taken is enough, and so is one that was committed all the same', () => {
  assert.equal(unanswered('orders', [none, ok], 0), undefined)
  assert.equal(unanswered('orders', [none, none], 1), undefined)
})
