import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { LONG, prover } from './prover.ts'
import { root } from './source-tree.ts'

let out = ''
before(async () => {
  out = await mkdtemp(join(tmpdir(), 'eventproof-own-'))
})
after(() => rm(out, { recursive: true, force: true }))

describe('features and steps of people’s own, as docs/own-features.md shows them', { timeout: LONG }, () => {
  it('run on the reference publisher, and stand in the report under the name of their feature', async () => {
    const own = ['--features', 'docs/own-features/*.feature', '--steps', 'docs/own-features/*.steps.ts']
    const { code, last } = await prover(root)(['audit', ...own, '--out', out])
    assert.deepEqual([code, last.verdict], [0, 'HELD'])
    const { scenarios } = JSON.parse(await readFile(join(last.directory, 'verdicts.json'), 'utf8'))
    assert.ok(scenarios.length > 0)
    for (const { feature, controls, findings, windows } of scenarios) {
      assert.equal(feature, 'What our auditors ask')
      assert.deepEqual(controls, [])
      assert.ok(
        findings.some((one: { predicate: string }) => one.predicate === 'the audit has counted every order'),
      )
      assert.equal(windows[0].entered, windows[0].trials)
    }
    for (const report of ['report.html', 'report.md', 'junit.xml'])
      assert.match(await readFile(join(last.directory, report), 'utf8'), /What our auditors ask/)
  })
})
