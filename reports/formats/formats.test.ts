import assert from 'node:assert/strict'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { Ajv } from 'ajv'
import { validateStrict } from 'ctrf'
import { checklistCatalog } from '../checklist-catalog.ts'
import { hostileRun } from '../fixture/hostile.ts'
import { goodScenarios, runDirectory, violatedRun } from '../fixture/run-directory.ts'
import { runRecord } from '../fixture/scenario.ts'
import { KINDS } from '../fixture/words.ts'
import { renderRun } from '../render-run.ts'
import { oscalSchemas } from './fixture/oscal-schemas.ts'

type Run = readonly [
  Parameters<typeof runDirectory>[0],
  Parameters<typeof runDirectory>[1]?,
  Parameters<typeof runDirectory>[2]?,
]

const broken = violatedRun()
const hostile = hostileRun()
const RUNS: Readonly<Record<string, Run>> = {
  'a good run': [goodScenarios()],
  'a violated run': [broken.scenarios, undefined, broken.history],
  'an interrupted run': [goodScenarios(), runRecord({ interrupted: true })],
  'a run of uncommitted changes': [goodScenarios(), runRecord({ git: { commit: 'ab12', dirty: true } })],
  'a run that judged nothing': [[]],
  'a hostile run': [hostile.scenarios, hostile.record, hostile.history],
}

const SCHEMAS = await oscalSchemas()

/** The documents of one run, by file name. */
async function documents(
  run: Run,
): Promise<Readonly<Record<'ctrf' | 'oscal' | 'statement' | 'badge', string>>> {
  const directory = await runDirectory(...run)
  try {
    await renderRun(directory, KINDS)
    const read = (name: string) => readFile(join(directory, name), 'utf8')
    return {
      ctrf: await read('ctrf-report.json'),
      oscal: await read('assessment-results.json'),
      statement: await read('statement.json'),
      badge: await read('badge.svg'),
    }
  } finally {
    await rm(directory, { recursive: true })
  }
}

/** NIST's patterns name Unicode classes; formats are checked by their patterns. */
function conforms(schema: object, content: unknown): void {
  const validate = new Ajv({ strict: false, unicodeRegExp: true, validateFormats: false }).compile(schema)
  assert.ok(validate(content), JSON.stringify(validate.errors?.slice(0, 3), null, 2))
}

for (const [name, run] of Object.entries(RUNS)) {
  describe(`the documents of ${name}`, async () => {
    const { ctrf, oscal, statement, badge } = await documents(run)

    it('conform to their schemas', () => {
      validateStrict(JSON.parse(ctrf))
      conforms(SCHEMAS.ar, JSON.parse(oscal))
    })

    it('hold no credential and nothing invisible', () => {
      for (const document of [ctrf, oscal, statement, badge]) {
        assert.doesNotMatch(document, /hunter2/)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: that they are gone is the point
        assert.doesNotMatch(document, /[\u0000-\u0008\u001b\u202e\u2066\ufffe\uffff]/)
      }
      assert.doesNotMatch(badge, /<script|onload|javascript:/i)
    })
  })
}

describe('what a document says', () => {
  it('of a run that held', async () => {
    const { ctrf, oscal, statement, badge } = await documents([goodScenarios()])
    const { summary } = JSON.parse(ctrf).results
    assert.equal(summary.failed, 0)
    assert.equal(summary.tests, summary.passed + summary.skipped)
    const [{ findings, ...result }] = JSON.parse(oscal)['assessment-results'].results
    assert.deepEqual(
      findings.map(({ target }: Finding) => [target['target-id'], target.status.state]),
      ['p1', 'p2', 'p3', 'p4'].map((id) => [`${id}_smt`, 'satisfied']),
    )
    assert.equal(result['reviewed-controls']['control-selections'][0]['exclude-controls'].length, 14)
    const { subject, predicate } = JSON.parse(statement)
    assert.equal(subject[0].digest.gitCommit, runRecord().git?.commit)
    assert.equal(predicate.result, 'PASSED')
    assert.match(predicate.configuration[1].digest.sha256, /^[0-9a-f]{64}$/)
    assert.match(badge, /HELD · 4 of 18 controls/)
  })

  it('of a violated run: failed, not satisfied, by name', async () => {
    const { ctrf, oscal, statement, badge } = await documents([broken.scenarios, undefined, broken.history])
    const failed = JSON.parse(ctrf).results.tests.filter(({ status }: CtrfTest) => status === 'failed')
    assert.ok(failed.some(({ message = '' }: CtrfTest) => message.startsWith('lost-after-mark: ')))
    const [{ findings }] = JSON.parse(oscal)['assessment-results'].results
    const p1 = findings.find(({ target }: Finding) => target['target-id'] === 'p1_smt')
    assert.deepEqual(p1.target.status, { state: 'not-satisfied', reason: 'fail', remarks: 'VIOLATED' })
    assert.equal(JSON.parse(statement).predicate.result, 'FAILED')
    assert.match(badge, /VIOLATED/)
  })

  it('of a run that judged nothing: nothing is green', async () => {
    const { ctrf, statement } = await documents([[]])
    assert.equal(JSON.parse(ctrf).results.summary.failed, 1)
    assert.equal(JSON.parse(statement).predicate.result, 'WARNED')
  })

  it('of uncommitted changes: not that a commit was tested', async () => {
    const { statement } = await documents([
      goodScenarios(),
      runRecord({ git: { commit: 'ab12', dirty: true } }),
    ])
    assert.doesNotMatch(statement, /gitCommit/)
  })
})

it('the checklist conforms to OSCAL’s catalog', () => {
  conforms(SCHEMAS.catalog, checklistCatalog())
})

interface CtrfTest {
  readonly status: string
  readonly message?: string
}

interface Finding {
  readonly target: { readonly 'target-id': string; readonly status: { readonly state: string } }
}
