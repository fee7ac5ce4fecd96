import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'

test('the warning of an overdue timer is left out, others are shown', () => {
  const script = `
    import { ignoreOverdueTimers } from '${new URL('./warnings.ts', import.meta.url).href}'
    ignoreOverdueTimers()
    setTimeout(() => process.emitWarning('something else'), -1)`
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  assert.match(stderr, /something else/)
  assert.doesNotMatch(stderr, /TimeoutNegativeWarning/)
})
