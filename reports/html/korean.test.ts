import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { CONTROLS } from '../controls.ts'
import { KINDS } from '../fixture/words.ts'
import { antiPatternsOf } from '../verdicts.ts'
import { MEANING } from '../words.ts'
import { KOREAN } from './korean.ts'

const REPORTS = new URL('../', import.meta.url)
const sources = readdirSync(REPORTS, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !/korean[a-z-]*\.ts$/.test(name))
  .map((name) => readFileSync(new URL(name, REPORTS), 'utf8'))
  .join('\n')

const ANTI_PATTERNS = antiPatternsOf(KINDS).flatMap(({ title, definition, harm, remedy }) => [
  title,
  definition,
  harm,
  remedy,
])

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

  it('cover all that is said of an anti-pattern', () => {
    const missing = ANTI_PATTERNS.filter((text) => !Object.hasOwn(KOREAN, text))
    assert.deepEqual(missing, [])
  })

  it('are all of texts that are still said', () => {
    const texts = Object.keys(KOREAN).filter((phrase) => !ANTI_PATTERNS.includes(phrase))
    const stale = texts.filter((phrase) => !sources.includes(phrase.replaceAll("'", "\\'")))
    assert.deepEqual(stale, [])
  })

  it('take as many inserts as the English ones', () => {
    const wrong = Object.entries(KOREAN).filter(
      ([english, korean]) => english.split('{}').length !== korean.split('{}').length,
    )
    assert.deepEqual(wrong, [])
  })
})
