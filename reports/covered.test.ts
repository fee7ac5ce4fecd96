import assert from 'node:assert/strict'
import { test } from 'node:test'
import { goodScenarios } from './fixture/run-directory.ts'
import { heldScenario, publisherFigures, runRecord } from './fixture/scenario.ts'
import { KINDS } from './fixture/words.ts'
import { controlsOf } from './verdicts.ts'

/** P1, beside a publisher of which D3 alone was judged, and which is asked about these controls. */
function p1(controls?: readonly string[]) {
  const figures = publisherFigures(controls === undefined ? {} : { controls })
  const avro = heldScenario({ subject: 'orders-avro', controls: ['D3'], id: 'ids', figures })
  const { controls: judged } = controlsOf([...goodScenarios(), avro], runRecord(), KINDS)
  return judged.find(({ id }) => id === 'P1')
}

test('a control is not proven where no scenario judged it for a publisher that is asked about it', () => {
  assert.equal(p1()?.verdict, 'NOT-PROVEN')
  assert.match(p1()?.reason ?? '', /no scenario judged it for orders-avro/)
  assert.equal(p1(['D3', 'P1'])?.verdict, 'NOT-PROVEN')
})

test('a publisher that is not asked about a control, by its config, is not missing from it', () => {
  assert.equal(p1(['D3'])?.verdict, 'HELD')
})
