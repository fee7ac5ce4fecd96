import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { root } from '../source-tree.ts'

function npmTest(...args: string[]) {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  return spawnSync(process.execPath, [join(root, 'test', 'run.ts'), ...args], { encoding: 'utf8', env })
}

describe('npm test', () => {
  it('runs a file that is named, and sums up in its last line', () => {
    const { status, stdout } = npmTest('core/read-write-lock.test.ts')
    assert.equal(status, 0)
    assert.match(stdout, /^ {3}✓ core\/read-write-lock\.test\.ts +\d+ passed, 0 failed in/m)
    assert.match(stdout, /\n\d+ passed, 0 failed\n$/)
    assert.doesNotMatch(stdout, /format and lint/)
  })

  it('is not green where no test was run', () => {
    const { status, stdout } = npmTest('core/read-write-lock.test.ts', '--only', 'no such name')
    assert.equal(status, 1)
    assert.match(stdout, /no test is called like no such name\n\n0 passed, 0 failed\n$/)
  })

  it('ends with 64 where it is asked for what is not there', () => {
    const { status, stderr } = npmTest('core/read-write-lock.ts')
    assert.equal(status, 64)
    assert.match(stderr, /did you mean core\/read-write-lock\.test\.ts\?/)
  })
})
