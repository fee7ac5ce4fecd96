import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { scaledObjectText } from '../../lint/fixture/manifest-text.ts'
import { lintScaledObjects } from '../../lint/lint.ts'
import { RULE_TEXTS } from '../../lint/rules/texts.ts'
import { sarifOf } from './sarif.ts'

const text = scaledObjectText({
  spec: { minReplicas: 1 },
  metadata: { offsetResetPolicy: 'latest', colour: 'x' },
})
const { findings } = lintScaledObjects([{ file: 'a folder/so.yaml', text }])

/** What it is once it has been written and read again. */
const log: unknown = JSON.parse(JSON.stringify(sarifOf(findings, '1.2.3')))

/** A part of the log, by its path; fails where there is none. */
function at(...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((holder, key) => {
    assert.ok(typeof holder === 'object' && holder !== null && key in holder, `${path.join('.')}: no ${key}`)
    return Reflect.get(holder, key)
  }, log)
}

function list(...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(...path)
  assert.ok(Array.isArray(found), path.join('.'))
  return found
}

describe('the SARIF of findings', () => {
  it('is a log of version 2.1.0 with one run of a named tool', () => {
    assert.equal(at('version'), '2.1.0')
    assert.match(String(at('$schema')), /sarif-2\.1\.0\.json$/)
    assert.equal(list('runs').length, 1)
    assert.equal(at('runs', 0, 'tool', 'driver', 'name'), 'eventproof lint')
    assert.equal(at('runs', 0, 'tool', 'driver', 'semanticVersion'), '1.2.3')
  })

  it('has each rule once, with words for people in it', () => {
    const ids = list('runs', 0, 'tool', 'driver', 'rules').map((_, i) => {
      for (const key of ['shortDescription', 'fullDescription', 'help'])
        assert.ok(String(at('runs', 0, 'tool', 'driver', 'rules', i, key, 'text')).length > 0)
      return at('runs', 0, 'tool', 'driver', 'rules', i, 'id')
    })
    assert.deepEqual(
      ids,
      RULE_TEXTS.map(({ name }) => name),
    )
  })

  it('has a result for each finding: rule, level, message, and a place that a URI can name', () => {
    const results = list('runs', 0, 'results')
    assert.equal(results.length, findings.length)
    assert.ok(results.length >= 3)
    for (const [i, finding] of findings.entries()) {
      const result = (...path: readonly (string | number)[]) => at('runs', 0, 'results', i, ...path)
      assert.equal(result('ruleId'), finding.rule)
      const index = result('ruleIndex')
      assert.ok(typeof index === 'number' && index >= 0)
      assert.equal(at('runs', 0, 'tool', 'driver', 'rules', index, 'id'), finding.rule)
      assert.ok(['none', 'note', 'warning', 'error'].includes(String(result('level'))))
      assert.match(String(result('message', 'text')), /Why: .+ Fix: .+/)
      const place = result('locations', 0, 'physicalLocation', 'artifactLocation', 'uri')
      assert.equal(place, 'a%20folder/so.yaml')
      for (const key of ['startLine', 'startColumn']) {
        const number = result('locations', 0, 'physicalLocation', 'region', key)
        assert.ok(typeof number === 'number' && Number.isInteger(number) && number >= 1)
      }
      assert.equal(typeof result('partialFingerprints', 'finding/v1'), 'string')
    }
  })

  it('has no key that SARIF does not have', () => {
    const KNOWN: Readonly<Record<string, readonly string[]>> = {
      '': ['$schema', 'version', 'runs'],
      'runs.0': ['tool', 'columnKind', 'results'],
      'runs.0.tool': ['driver'],
      'runs.0.tool.driver': ['name', 'semanticVersion', 'rules'],
      'runs.0.tool.driver.rules.0': ['id', 'shortDescription', 'fullDescription', 'help'],
      'runs.0.results.0': [
        'ruleId',
        'ruleIndex',
        'level',
        'message',
        'locations',
        'partialFingerprints',
        'properties',
      ],
    }
    for (const [path, allowed] of Object.entries(KNOWN)) {
      const holder = at(
        ...(path === '' ? [] : path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key))),
      )
      for (const key of Object.keys(Object(holder))) assert.ok(allowed.includes(key), `${path}.${key}`)
    }
  })

  it('is one without results where nothing was found', () => {
    assert.partialDeepStrictEqual(sarifOf([], '1.2.3'), { runs: [{ results: [] }] })
  })
})
