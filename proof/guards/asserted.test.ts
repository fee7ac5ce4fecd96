import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConsumerHistory } from '../../scenarios/consuming/fixture/builder.ts'
import { evidenceOf, PREDICATES } from '../../scenarios/consuming/fixture/kinds.ts'
import { ConsumerView } from '../../scenarios/consuming/view/consumer-view.ts'
import { fed } from '../history/view.ts'
import { asserted } from './asserted.ts'

function look(ids: readonly string[], live: (h: ConsumerHistory) => void, outputs?: undefined) {
  const h = new ConsumerHistory({ asserted: ids, consumer: { outputs } })
  live(h)
  h.end()
  const view = fed(new ConsumerView(h.plan), h.events)
  const findings = [...PREDICATES.values()].map((predicate) => predicate.check(view))
  return asserted.look({ ...evidenceOf(view), findings })
}

test('a claim that was judged is one', () => {
  const { met, evidence } = look(['IC1', 'RD1'], (h) => h.handleAll('o-1', 'o-2'))
  assert.ok(met)
  assert.equal(evidence, 'IC1 judged 2, RD1 judged 2')
})

test('a claim that found nothing to judge proves nothing', () => {
  const { met, evidence } = look(['IC1', 'IC3', 'RD3'], (h) => h.handleAll('o-1'))
  assert.ok(!met)
  assert.match(
    evidence,
    /^IC3 \([^)]+\) found nothing to judge: docs\/\S+ says what it is about, .*; RD3 \([^)]+\) found/,
  )
  assert.equal(asserted.otherwise, 'VACUOUS')
})

test('what is not declared is not asked', () => {
  const { met, evidence } = look(['IC6'], (h) => h.handleAll('o-1'))
  assert.ok(met)
  assert.equal(evidence, 'IC6 is not asked: no outputs are declared')
})

test('a claim that is broken is for the predicates to tell', () => {
  const { met } = look(['IC1'], (h) => {
    const event = h.handle('o-1')
    h.apply(event, 950)
  })
  assert.ok(met)
})

test('no claim, no doubt; a claim about something else is one', () => {
  assert.ok(look([], () => {}).met)
  assert.match(look(['OA1'], () => {}).evidence, /OA1 is no predicate of this subject/)
})
