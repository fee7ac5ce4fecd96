import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ScenarioJudgement } from '../proof/judgement.ts'
import { heldScenario, runRecord, violatedScenario } from './fixture/scenario.ts'
import { KINDS } from './fixture/words.ts'
import { controlsOf } from './verdicts.ts'

test('a control that is judged by name is judged by what counts for it as well', () => {
  const d3 = (judged: number) => {
    const scenario = heldScenario({
      controls: ['C1', 'D3'],
      findings: [
        { kind: 'held', predicate: 'IC1', judged },
        { kind: 'held', predicate: 'SR1', judged: 0 },
      ],
    })
    return controlsOf([scenario], runRecord({}), KINDS).controls.find(({ id }) => id === 'D3')?.verdict
  }
  assert.equal(d3(7), 'HELD')
  assert.equal(d3(0), 'VACUOUS')
})

test('what a subject’s design keeps out is not applicable, whatever else was found beside it', () => {
  const excluded = violatedScenario('acks-not-all')
  const exclusions = [{ grade: 'A', says: 'no change of an aggregate can overlap', events: [1] }] as const
  const p1 = (scenario: ScenarioJudgement) =>
    controlsOf([scenario], runRecord({}), KINDS).controls.find(({ id }) => id === 'P1')?.scenarios[0]?.verdict
  const unmet = { met: false, otherwise: 'VACUOUS', evidence: 'entered in 0 of 3 trials' } as const
  const guards = [{ id: 'took-effect', title: 'every fault took effect', ...unmet }]
  assert.equal(p1({ ...excluded, guards }), 'VACUOUS')
  assert.equal(p1({ ...excluded, guards, exclusions }), 'NOT-APPLICABLE')
})
