import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'

test('warnings of overdue timers and of untyped packages are left out, others are shown', () => {
  const script = `
    import { ignoreHarmlessWarnings } from '${new URL('./warnings.ts', import.meta.url).href}'
    ignoreHarmlessWarnings()
    process.emitWarning('add a type', { code: 'MODULE_TYPELESS_PACKAGE_JSON' })
    setTimeout(() => process.emitWarning('something else'), -1)`
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  assert.match(stderr, /something else/)
  assert.doesNotMatch(stderr, /TimeoutNegativeWarning|add a type/)
})
