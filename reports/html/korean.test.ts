import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { CONTROLS } from '../controls.ts'
import { MEANING } from '../words.ts'
import { KOREAN } from './korean.ts'

const REPORTS = new URL('../', import.meta.url)
const sources = readdirSync(REPORTS, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('korean.ts'))
  .map((name) => readFileSync(new URL(name, REPORTS), 'utf8'))
  .join('\n')

describe('the Korean words of a report', () => {
  it('cover all that is said of a control, and what verdicts mean', () => {
    const texts = CONTROLS.flatMap(({ title, judgedBy, limits, methods }) => [
      title,
      judgedBy,
      ...limits,
      ...methods,
    ])
    const missing = [...texts, ...Object.values(MEANING)].filter((text) => !Object.hasOwn(KOREAN, text))
    assert.deepEqual([...new Set(missing)], [])
  })

  it('are all of texts that are still said', () => {
    const stale = Object.keys(KOREAN).filter((phrase) => !sources.includes(phrase.replaceAll("'", "\\'")))
    assert.deepEqual(stale, [])
  })

  it('take as many inserts as the English ones', () => {
    const wrong = Object.entries(KOREAN).filter(
      ([english, korean]) => english.split('{}').length !== korean.split('{}').length,
    )
    assert.deepEqual(wrong, [])
  })
})
