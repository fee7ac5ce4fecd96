import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { UsageError } from '../core/usage-error.ts'
import { errorJson, errorText, readable } from './present-error.ts'

const error = new UsageError('no such thing', {
  what: 'it is not there',
  last: 'ENOENT',
  log: 'logs/a.log',
  hint: 'make it',
})

describe('an error', () => {
  it('is shown with its code, what was found and what to try', () => {
    const [title, ...rest] = errorText(error).split('\n')
    assert.match(title ?? '', /^✗ no such thing {10,}EVENTPROOF_USAGE$/)
    assert.deepEqual(rest, ['  it is not there (last: ENOENT)', '  log   logs/a.log', '  try   make it'])
  })

  it('is one JSON object with --json', () => {
    assert.deepEqual(JSON.parse(errorJson(error)), {
      type: 'error',
      code: 'EVENTPROOF_USAGE',
      title: 'no such thing',
      what: 'it is not there',
      last: 'ENOENT',
      log: 'logs/a.log',
      hint: 'make it',
      exitCode: 64,
    })
  })

  it('that nobody foresaw is a defect of ours, with the place where it came from', () => {
    const defect = readable(new TypeError('x is undefined'))
    assert.equal(defect.exitCode, 70)
    assert.match(defect.detail.where ?? '', /present-error\.test\.ts/)
  })
})
