import assert from 'node:assert/strict'
import { test } from 'node:test'
import { heldScenario, runRecord } from './fixture/scenario.ts'
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
