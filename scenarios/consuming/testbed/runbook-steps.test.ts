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

test('a block in a list is a step as well, without the indentation of the list', () => {
  const text = ['10. Approve it:', '', '    ```sh', '    cat <<END', '      kept', '    END', '    ```'].join(
    '\n',
  )
  assert.deepEqual(runbookSteps(text), [{ line: 4, commands: 'cat <<END\n  kept\nEND' }])
})
