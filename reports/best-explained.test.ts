import assert from 'node:assert/strict'
import { test } from 'node:test'
import { goodScenarios } from './fixture/run-directory.ts'
import { runRecord, violatedScenario } from './fixture/scenario.ts'
import { KINDS } from './fixture/words.ts'
import { controlsOf } from './verdicts.ts'

test('a control is told by what explains it best, whichever scenario came first', () => {
  const graver = violatedScenario('lost-event')
  const lesser = violatedScenario('duplicate-storm')
  for (const order of [
    [lesser, graver],
    [graver, lesser],
  ]) {
    const { controls } = controlsOf([...goodScenarios(), ...order], runRecord({}), KINDS)
    assert.match(controls.find(({ id }) => id === 'P1')?.reason ?? '', /^lost-event: /)
  }
})
