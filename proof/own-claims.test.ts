import assert from 'node:assert/strict'
import { test } from 'node:test'
import { heldScenario, W5 } from '../scenarios/publishing/fixture/held-scenario.ts'
import { kindsWith } from '../scenarios/publishing/fixture/kinds.ts'
import { judge } from './judge.ts'
import type { OwnClaim } from './own-claims.ts'

const KINDS = kindsWith(W5)
const CLAIM = { claim: 'the audit has counted every order', place: 'audit.feature:9' }

function judged(claim: Omit<OwnClaim, 'claim' | 'place'>) {
  const events = heldScenario().end()
  const last = events.at(-1)
  assert.ok(last)
  return judge([...events, { ...last, kind: 'claim', seq: last.seq + 1, ...CLAIM, ...claim }], KINDS)
}

test('a claim of people’s own that held is among the findings', () => {
  const { verdict, findings } = judged({ outcome: 'held', says: '' })
  assert.equal(verdict, 'HELD')
  assert.deepEqual(findings.at(-1), { kind: 'held', predicate: CLAIM.claim, judged: 1 })
})

test('one that was refuted is a violation with a name of its own', () => {
  const { verdict, reason } = judged({ outcome: 'refuted', says: '3 !== 2' })
  assert.equal(verdict, 'VIOLATED')
  assert.match(reason, /^the-audit-has-counted-every-order: .*3 !== 2 \(audit\.feature:9\)$/)
})

test('one that could not be checked leaves the scenario INCONCLUSIVE', () => {
  const { verdict, reason } = judged({ outcome: 'unknown', says: 'no connection' })
  assert.equal(verdict, 'INCONCLUSIVE')
  assert.match(reason, /the audit has counted every order: no connection/)
})
