import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runbookSteps } from './runbook-steps.ts'

test('the blocks of shell commands are the steps, in their order', () => {
  const text = [
    '# Dead letters',
    '',
    '```sh',
    'list',
    '```',
    '```json',
    '{"no": "command"}',
    '```',
    '~~~bash',
    'approve \\',
    '  "$EVENT_ID"',
    '~~~',
    '````sh',
    'cat <<END',
    '```',
    'END',
    '````',
    '```sh',
    'never closed',
  ].join('\n')
  assert.deepEqual(runbookSteps(text), [
    { line: 4, commands: 'list' },
    { line: 10, commands: 'approve \\\n  "$EVENT_ID"' },
    { line: 14, commands: 'cat <<END\n```\nEND' },
  ])
})

test('a text without such a block has no steps', () => {
  assert.deepEqual(runbookSteps('Ask somebody who knows.\n\n    list\n'), [])
})
