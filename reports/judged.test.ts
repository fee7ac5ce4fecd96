import assert from 'node:assert/strict'
import { test } from 'node:test'
import { heldScenario, violatedScenario } from './fixture/scenario.ts'
import { judgedInWords } from './judged.ts'

const held = (judged: number) => heldScenario({ findings: [{ kind: 'held', predicate: 'OA1', judged }] })

test('a predicate says how much it was asked of, and where that was nothing', () => {
  assert.equal(judgedInWords('OA1', [held(1200), held(0), held(34)]), 'held 1,234 times in 2 scenarios')
  assert.equal(judgedInWords('OA1', [held(0)]), 'nothing was there to be judged')
  assert.equal(judgedInWords('OA2', [held(7)]), 'nothing was there to be judged')
  const broken = violatedScenario('lost-event')
  assert.match(judgedInWords('OA1', [held(5), broken]), /^held 5 times in 1 scenario, broken in 1 scenario$/)
})
