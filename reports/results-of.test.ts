import assert from 'node:assert/strict'
import { test } from 'node:test'
import { violatedScenario } from './fixture/scenario.ts'
import { KINDS } from './fixture/words.ts'
import { resultsOf } from './verdicts.ts'

test('a control that broke in a scenario about others is told as such', () => {
  const results = resultsOf(violatedScenario('acks-not-all', {}, { controls: ['P1'] }), KINDS)
  assert.deepEqual(
    results.map(({ id, verdict, besides }) => [id, verdict, besides]),
    [
      ['P1', 'HELD', undefined],
      ['P3', 'VIOLATED', true],
    ],
  )
})
