import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ScenarioJudgement } from '../proof/judgement.ts'
import { heldScenario, runRecord } from './fixture/scenario.ts'
import { KINDS, PREDICATES } from './fixture/words.ts'
import { htmlOf } from './formats/html.ts'
import { junitOf } from './formats/junit.ts'
import { markdownOf } from './formats/markdown.ts'
import { reportOf } from './report.ts'
import { controlsOf } from './verdicts.ts'

const held = heldScenario({
  controls: [],
  feature: 'What our auditors ask',
  findings: [
    { kind: 'held', predicate: 'OA1', judged: 240 },
    { kind: 'held', predicate: 'the audit has counted every order', judged: 1 },
  ],
})
const REFUTED = {
  kind: 'violated',
  predicate: 'the audit has counted every order',
  name: 'the-audit-has-counted-every-order',
  counterexample: { says: 'one is missing', events: [], subject: {}, grade: 'C' },
} as const
const refuted = heldScenario({ ...held, verdict: 'VIOLATED', findings: [REFUTED], violations: [REFUTED] })

const rendered = (...scenarios: ScenarioJudgement[]) => {
  const record = runRecord()
  const verdicts = controlsOf(scenarios, record, KINDS)
  const report = reportOf({ record, verdicts }, 'root', PREDICATES, new Map())
  return { verdict: verdicts.verdict, pages: [htmlOf(report), markdownOf(report), junitOf(report)] }
}

test('scenarios of no control count for the run and stand under the name of their feature', () => {
  const { verdict, pages } = rendered(held)
  assert.equal(verdict, 'HELD')
  for (const page of pages) assert.match(page, /What our auditors ask/)
  for (const page of pages.slice(0, 2)) assert.match(page, /the audit has counted every order/)
})

test('a claim that was refuted is told there, and is held against the controls that its scenario names', () => {
  const { verdict, pages } = rendered(refuted)
  assert.equal(verdict, 'VIOLATED')
  for (const page of pages) assert.match(page, /one is missing/)
  const controls = controlsOf([{ ...refuted, controls: ['P1'] }], runRecord(), KINDS).controls
  assert.equal(controls.find(({ id }) => id === 'P1')?.verdict, 'VIOLATED')
})
