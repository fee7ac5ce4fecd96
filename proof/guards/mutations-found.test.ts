import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConsumerHistory } from '../../scenarios/consuming/fixture/builder.ts'
import { ConsumerView } from '../../scenarios/consuming/view/consumer-view.ts'
import { consuming } from '../../scenarios/consuming/kind.ts'
import { checkerAlive } from './mutations-found.ts'

/** A failing event alone: nobody is there whom it could hold up. */
function look(asserted: readonly string[], checkers: readonly string[]) {
  const h = new ConsumerHistory({ asserted, checkers })
  h.fail(h.put('o-1', { expect: 'dead-letter', failures: -1 }))
  h.end()
  const view = new ConsumerView(h.events, h.plan)
  return checkerAlive.look({ view, jurisdiction: consuming, findings: [], windows: [] })
}

test('a checker that finds its edit is alive', () => {
  const { met, evidence } = look(['RD10'], ['RD10'])
  assert.ok(met)
  assert.equal(evidence, 'RD10 dlt-loop')
})

test('where nothing can be edited, only a claim is in doubt', () => {
  assert.equal(look([], ['RD6']).met, true)
  const { met, evidence } = look(['RD6'], ['RD6'])
  assert.equal(met, false)
  assert.equal(evidence, 'RD6: this history has nothing to let an event wait while another one fails')
})

test('a predicate that nothing in the history is about needs no edit', () => {
  assert.match(look(['OR3'], ['OR3']).evidence, /OR3 has nothing to judge here/)
})
