import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formsOf } from '../../../core/key-form.ts'
import { HistoryBuilder } from '../fixture/builder.ts'
import { open } from '../fixture/kinds.ts'
import { recordsAbout } from './about.ts'

const made = (key: string) => `id-of-${key}`

test('an id that the service makes is known by the amount of the row', () => {
  const h = new HistoryBuilder({}, made)
  h.orders('o-1', 'o-2', 'o-1')
  const view = open(h)
  assert.equal(view.aggregates.nameOf('id-of-o-1'), 'o-1')
  assert.deepEqual([...view.aggregates.idsOf('o-2')], [...formsOf('o-2'), 'id-of-o-2'])
  assert.equal(view.aggregates.idOf('o-2'), 'id-of-o-2')
  assert.equal(view.aggregates.idOf('o-3'), undefined)
  assert.equal(recordsAbout('o-1', view).length, 2)
})

test('or by the amount in its event, where the row tells none', () => {
  const h = new HistoryBuilder({ publisher: { state: { table: 'orders', id: 'id' } } }, made)
  h.order('o-1')
  assert.equal(open(h).aggregates.nameOf('id-of-o-1'), 'o-1')
})

test('what refuses a change is not changed again: a new one is made', () => {
  const h = new HistoryBuilder({}, made)
  h.orders('o-1')
  const again = h.invoke('o-1')
  const invoked = h.events.findLast((event) => event.kind === 'op.invoke')
  Object.assign(invoked ?? {}, { id: 'id-of-o-1' })
  h.fail(again)
  const { aggregates } = open(h)
  assert.equal(aggregates.idOf('o-1'), undefined)
  assert.equal(aggregates.nameOf('id-of-o-1'), 'o-1')
})

test('or by the answer', () => {
  const h = new HistoryBuilder({ publisher: { state: { table: 'orders', id: 'id' } } })
  const order = h.invoke('o-1')
  h.add({ kind: 'op.ok', op: order.op, status: 201, id: '17' })
  const { aggregates } = open(h)
  assert.equal(aggregates.nameOf('17'), 'o-1')
  assert.equal(aggregates.idOf('o-1'), '17')
  const answer = h.events.at(-1)?.seq ?? 0
  assert.equal(aggregates.nameOf('17', answer), undefined)
})

test('our key in another form is no id of its own', () => {
  const h = new HistoryBuilder({}, (key) => formsOf(key)[1] ?? key)
  h.order('o-1')
  const { aggregates } = open(h)
  assert.deepEqual([...aggregates.idsOf('o-1')], formsOf('o-1'))
  assert.equal(aggregates.idOf('o-1'), formsOf('o-1')[1])
})

test('an id that is not known yet, and the amount of a row that nobody asked for', () => {
  const h = new HistoryBuilder({}, made)
  h.commit([{ table: 'orders', op: 'insert', after: { id: 'seed', amount: '1001' } }], 1)
  h.order('o-1')
  const { aggregates } = open(h)
  assert.equal(aggregates.nameOf('seed'), undefined)
  assert.equal(aggregates.nameOf(undefined), undefined)
})
