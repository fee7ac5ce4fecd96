import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { withRules } from './documentation.ts'
import { RULE_TEXTS } from './texts.ts'

describe('docs/lint.md', () => {
  it('is what the rules say of themselves (`npm run docs` writes it)', () => {
    const text = readFileSync(new URL('../../docs/lint.md', import.meta.url), 'utf8')
    assert.equal(withRules(text), text)
  })

  it('has each rule once, with what KEDA does, its source and what to write', () => {
    const names = RULE_TEXTS.map(({ name }) => name)
    assert.deepEqual(names, [...new Set(names)])
    for (const { name, text } of RULE_TEXTS)
      for (const said of [text.finds, text.keda, text.source, text.write]) assert.ok(said.length > 3, name)
  })
})
