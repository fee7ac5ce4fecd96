import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { RULES } from './rules.ts'

/** Not asked of a ScaledObject but of a file, or before everything else. */
const OF_FILES = ['yaml', 'template', 'not-an-object', 'not-built']

describe('docs/lint.md', () => {
  it('has a row for each rule, and for nothing else', () => {
    const text = readFileSync(new URL('../../docs/lint.md', import.meta.url), 'utf8')
    const rows = [...text.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name)
    assert.deepEqual(rows.sort(), [...OF_FILES, ...RULES.map(({ name }) => name)].sort())
  })
})
