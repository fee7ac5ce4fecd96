import assert from 'node:assert/strict'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { attestationsJudged } from './attestations.ts'
import { declaredLines } from './declared-lines.ts'
import { goodScenarios, runDirectory, violatedRun } from './fixture/run-directory.ts'
import { runRecord, violatedScenario } from './fixture/scenario.ts'
import { KINDS } from './fixture/words.ts'
import { renderRun } from './render-run.ts'
import { controlsOf } from './verdicts.ts'
import { besidesWaived } from './waivers.ts'

const endedAt = '2026-11-22T23:59:59.000Z'
const HASH = 'a'.repeat(64)
const attested = {
  id: 'D1',
  statement: 'orders are asked for, shipments are announced',
  evidence: 'docs/adr/0003.md',
  by: 'team shop',
  until: '2026-11-22',
  found: HASH as string | null,
}

describe('an attestation', () => {
  const cases = [
    ['counts on its last day', {}, 'ATTESTED', /^$/],
    [
      'has expired on the next',
      { until: '2026-11-21' },
      'NOT-PROVEN',
      /expired on 2026-11-21.*attestations\.D1\.until/,
    ],
    [
      'needs its evidence',
      { found: null },
      'NOT-PROVEN',
      /no file docs\/adr\/0003\.md.*attestations\.D1\.evidence/,
    ],
    ['counts for the file that was attested', { sha256: HASH }, 'ATTESTED', /^$/],
    [
      'and for no other',
      { sha256: 'b'.repeat(64) },
      'NOT-PROVEN',
      /was changed since.*aaaa.*attestations\.D1\.sha256/,
    ],
  ] as const
  for (const [says, change, state, why] of cases)
    it(says, () => {
      const [one] = attestationsJudged({ endedAt, attestations: [{ ...attested, ...change }] }) ?? []
      assert.equal(one?.state, state)
      assert.match(one?.says ?? '', why)
    })

  it('stands in the control that it is about, in the page and in the text', async (context) => {
    const directory = await runDirectory(
      violatedRun().scenarios,
      runRecord({ endedAt, attestations: [attested] }),
    )
    context.after(() => rm(directory, { recursive: true }))
    await renderRun(directory, KINDS)
    for (const file of ['report.html', 'report.md'])
      assert.match(
        await readFile(join(directory, file), 'utf8'),
        /D1 attested by team shop until 2026-11-22, not proved/,
      )
    const page = await readFile(join(directory, 'report.html'), 'utf8')
    assert.match(page, /id="D1">[\s\S]{1,900}<br>D1 attested by team shop/)
  })

  it('makes no verdict better', () => {
    const record = runRecord({ endedAt, attestations: [attested] })
    const plain = controlsOf(goodScenarios(), runRecord({ endedAt }), KINDS)
    const with_ = controlsOf(goodScenarios(), record, KINDS)
    assert.deepEqual(with_.controls, plain.controls)
    assert.equal(with_.verdict, plain.verdict)
    assert.match(declaredLines(with_).join(), /D1 attested by team shop until 2026-11-22, not proved/)
  })
})

describe('a waiver', () => {
  const waiver = {
    violation: 'lost-after-mark',
    subject: 'orders',
    reason: 'gone in March',
    by: 'team shop',
    until: '2026-12-31',
  }
  const judged = (change = {}, scenarios = violatedRun().scenarios, interrupted = false) => {
    const [first] = scenarios
    const subject = first?.subject ?? ''
    const record = runRecord({ endedAt, interrupted, waivers: [{ ...waiver, subject, ...change }] })
    return controlsOf(scenarios, record, KINDS)
  }

  it('leaves the verdict as it is, and says whose it is', () => {
    const verdicts = judged()
    assert.equal(verdicts.verdict, 'VIOLATED')
    assert.equal(verdicts.waivers?.[0]?.state, 'in force')
    assert.match(
      declaredLines(verdicts).join(),
      /lost-after-mark of .* is waived by team shop until 2026-12-31/,
    )
  })

  it('sets its violation aside where that is accepted, and nothing else', () => {
    assert.equal(besidesWaived(judged()), 'HELD')
    assert.equal(besidesWaived(judged({ until: '2026-11-21' })), 'VIOLATED')
    assert.equal(besidesWaived(judged({ subject: 'another' })), 'VIOLATED')
    assert.equal(besidesWaived(judged({ violation: 'phantom-event' })), 'VIOLATED')
    assert.equal(besidesWaived(judged({}, violatedRun().scenarios, true)), 'VIOLATED')
    const { scenarios } = violatedRun()
    const another = {
      ...violatedScenario('phantom-event', { says: 'x', events: [1], subject: {} }),
      id: 'other',
    }
    assert.equal(besidesWaived(judged({}, [...scenarios, another])), 'VIOLATED')
    const doubt = {
      ...(scenarios[1] ?? another),
      id: 'doubt',
      verdict: 'INCONCLUSIVE',
      violations: [],
    } as const
    assert.equal(besidesWaived(judged({}, [...scenarios, doubt])), 'INCONCLUSIVE')
  })

  it('says that it may go where nothing is found', () => {
    const verdicts = judged({}, goodScenarios())
    assert.equal(verdicts.waivers?.[0]?.state, 'not found')
    assert.match(declaredLines(verdicts).join(), /may go/)
  })
})
