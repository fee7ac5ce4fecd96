import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { antiPatternsOf } from '../reports/verdicts.ts'
import { loadKinds } from '../scenarios/kinds.ts'
import { withAntiPatterns } from './anti-pattern-table.ts'

test('docs/anti-patterns.md says what the anti-patterns say: npm run docs', async () => {
  const page = await readFile(new URL('../docs/anti-patterns.md', import.meta.url), 'utf8')
  const patterns = antiPatternsOf(await loadKinds())
  assert.equal(page, withAntiPatterns(page, patterns))
  for (const { id } of patterns) assert.ok(page.includes(`\`${id}\``), id)
})
