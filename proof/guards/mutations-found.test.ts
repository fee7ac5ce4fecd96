import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConsumerHistory } from '../../scenarios/consuming/fixture/builder.ts'
import { evidenceOf } from '../../scenarios/consuming/fixture/kinds.ts'
import { ConsumerView } from '../../scenarios/consuming/view/consumer-view.ts'
import { fed } from '../history/view.ts'
import { mutationsFound } from './mutations-found.ts'

/** A failing event alone: nobody is there whom it could hold up. */
function look(asserted: readonly string[], predicates: readonly string[]) {
  const h = new ConsumerHistory({ asserted, predicates })
  h.fail(h.put('o-1', { expect: 'dead-letter', failures: -1 }))
  h.end()
  const view = fed(new ConsumerView(h.plan), h.events)
  return mutationsFound.look(evidenceOf(view))
}

test('a predicate that finds its mutation is alive', () => {
  const { met, evidence } = look(['RD10'], ['RD10'])
  assert.ok(met)
  assert.equal(evidence, 'RD10 dlt-loop')
})

test('where nothing can be mutated, only a claim is in doubt', () => {
  assert.equal(look([], ['RD6']).met, true)
  const { met, evidence } = look(['RD6'], ['RD6'])
  assert.equal(met, false)
  assert.match(
    evidence,
    /^RD6: this history has nothing that it would judge, so that we could not let an event wait while another one fails: \S/,
  )
})

test('a predicate that nothing in the history is about needs no mutation', () => {
  assert.match(look(['OR3'], ['OR3']).evidence, /OR3 has nothing to judge here/)
})
