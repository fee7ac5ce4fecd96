import assert from 'node:assert/strict'
import { basename } from 'node:path'
import { describe, it } from 'node:test'
import { projectFiles, read } from './source-tree.ts'

const LONGEST = 300
const MEDIAN = 100
/** Names that say nothing about what is inside. */
const EMPTY_NAMES = /(^|-)(utils?|helpers?|manager|common|misc|stuff|shared)(-|\.|$)/

const sources = projectFiles(/\.(ts|mjs)$/)
const texts = projectFiles(/\.(ts|mjs|md|json|yaml|yml|feature|sql|sh|properties)$|^\.ci\/run$/)

describe('the house', () => {
  it(`has no file above ${LONGEST} lines, and its median is below ${MEDIAN}`, () => {
    const lengths = sources.map((path) => [read(path).split('\n').length - 1, path] as const)
    assert.deepEqual(
      lengths.filter(([lines]) => lines > LONGEST),
      [],
    )
    const sorted = lengths.map(([lines]) => lines).sort((a, b) => a - b)
    assert.ok((sorted[Math.floor(sorted.length / 2)] ?? 0) < MEDIAN)
  })

  it('names its sources in kebab-case, after what is in them', () => {
    const names = sources.map((path) => [basename(path), path] as const)
    const odd = names.filter(([name]) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*\.(ts|mjs)$/.test(name))
    const empty = names.filter(([name]) => EMPTY_NAMES.test(name))
    assert.deepEqual([...odd, ...empty], [])
  })

  it('mentions no path of one machine and no package mirror', () => {
    const forbidden = [
      /(^|[\s"'`(=])\/(work|root|home\/[a-z]{2,})\//m,
      /\/Users\/[A-Za-z]/,
      /"resolved": "http/,
    ]
    const found = texts
      .filter((path) => path !== 'test/house.test.ts' && !path.startsWith('reports/sample/'))
      .filter((path) => forbidden.some((pattern) => pattern.test(read(path))))
    assert.deepEqual(found, [])
  })

  it('documents every error code, and no code that does not exist', () => {
    const thrown = sources
      .filter((path) => !path.endsWith('.test.ts'))
      .flatMap((path) => [
        ...read(path).matchAll(/(?:\bcode(?:: [^=\n]+)? = |BootstrapError\(\s*)'(EVENTPROOF_[A-Z_]+)'/g),
      ])
      .map(([, code]) => code)
    const documented = [...read('docs/errors.md').matchAll(/^\| `(EVENTPROOF_[A-Z_]+)`/gm)].map(
      ([, code]) => code,
    )
    assert.deepEqual([...new Set(documented)].sort(), [...new Set(thrown)].sort())
  })
})
