import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { lintScaledObjects } from './lint.ts'
import { LINT_TWINS } from './twins.ts'

describe('the shipped manifests', () => {
  for (const { name, manifest, context, finding, severity } of LINT_TWINS) {
    it(finding === undefined ? `${name} has nothing wrong` : `${name} is found by ${finding}`, () => {
      const text = readFileSync(manifest, 'utf8')
      const { findings, objects } = lintScaledObjects([{ file: name, text }], context)
      assert.equal(objects.length, 1)
      if (finding === undefined) assert.deepEqual(findings, [])
      const grave = findings.filter((each) => each.severity === 'error' || severity === 'warning')
      assert.deepEqual(
        grave.map((each) => `${each.severity} ${each.rule}`),
        finding === undefined ? [] : [`${severity} ${finding}`],
      )
    })
  }

  it('are all named', () => {
    const files = readdirSync(new URL('fixture/', import.meta.url)).filter((name) => name.endsWith('.yaml'))
    assert.deepEqual(files.sort(), LINT_TWINS.map(({ name }) => `${name}.yaml`).sort())
  })
})
