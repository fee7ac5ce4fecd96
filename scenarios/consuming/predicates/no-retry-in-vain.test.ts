import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judge } from '../../../proof/judge.ts'
import { heldScenario, W14 } from '../fixture/held-scenario.ts'
import { table } from '../fixture/judged.ts'
import { kindsWith } from '../fixture/kinds.ts'
import { RETRY } from '../fixture/plan.ts'

const FUTILE = { expect: 'dead-letter', failures: -1, retriable: false } as const
const { never: _, ...SILENT } = RETRY
const UNNAMED = { consumer: { retry: SILENT } }

table('RD14', [
  ['a dead letter at once', 'held', (h) => h.refuse(h.put('o-1', FUTILE)), UNNAMED],
  ['through all retries', 'retried-in-vain', (h) => h.fail(h.put('o-1', FUTILE)), UNNAMED],
  ['named in the config: RD5 asks', 'held', (h) => h.fail(h.put('o-1', FUTILE))],
])

test('what nobody promised is an advice, and no verdict; it is still looked for', () => {
  const h = heldScenario(UNNAMED)
  h.fail(h.put('o-0', FUTILE))
  const judgement = judge(h.end(), kindsWith(W14))
  assert.equal(judgement.verdict, 'HELD', judgement.reason)
  assert.deepEqual(judgement.violations, [])
  const finding = judgement.findings.find(({ predicate }) => predicate === 'RD14')
  assert.ok(finding?.kind === 'held' && finding.advice?.[0]?.name === 'retried-in-vain')
  assert.match(finding.advice[0].says, /was tried 3 times; if it must not be, retry\.never says so/)
})
