import assert from 'node:assert/strict'
import { test } from 'node:test'
import { observedScenario } from './fixture/observed.ts'
import { runRecord } from './fixture/scenario.ts'
import { KINDS } from './fixture/words.ts'
import { topologyPicture } from './topology-picture.ts'
import { controlsOf } from './verdicts.ts'

test('who writes and reads a topic is joined to it, and what was found there is marked', () => {
  const drawn = topologyPicture(controlsOf([observedScenario()], runRecord(), KINDS), 'topology')
  assert.ok(drawn)
  assert.equal([...drawn.markup.matchAll(/<path /g)].length, 3)
  assert.match(drawn.markup, />order-events ✗ fat events</)
  assert.match(drawn.markup, />✗ orders-polling</)
  assert.match(drawn.markup, />shipment-events · 2</)
})

test('without anything observed there is no picture', () => {
  const { observation: _, ...scenario } = observedScenario()
  assert.equal(topologyPicture(controlsOf([scenario], runRecord(), KINDS), 'topology'), false)
})
