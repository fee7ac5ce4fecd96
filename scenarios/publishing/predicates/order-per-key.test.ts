import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fed } from '../../../proof/history/view.ts'
import { HistoryBuilder } from '../fixture/builder.ts'
import { type Row, table } from '../fixture/judged.ts'
import { PublisherView } from '../view/publisher-view.ts'
import { orderPerKey } from './order-per-key.ts'

/** Committed in this order. */
function committed(h: HistoryBuilder, ...keys: string[]) {
  const orders = keys.map((key) => h.invoke(key))
  for (const order of orders) h.commitOrder(order)
  return orders
}
const publish = (h: HistoryBuilder, ...orders: ReturnType<typeof committed>) => {
  for (const order of orders) h.publish(order)
}

table('OR1', [
  ['in order', 'held', (h) => publish(h, ...committed(h, 'o-1', 'o-1', 'o-1'))],
  ['later before earlier', 'key-inversion', (h) => publish(h, ...committed(h, 'o-1', 'o-1').reverse())],
  [
    'the first of three comes last',
    'key-inversion',
    (h) => {
      const [a, b, c] = committed(h, 'o-1', 'o-1', 'o-1')
      if (a && b && c) publish(h, b, c, a)
    },
  ],
  [
    'the first of two still waits',
    'key-inversion',
    (h) => {
      h.order('o-3')
      const [, later] = committed(h, 'o-1', 'o-1')
      if (later) publish(h, later)
    },
  ],
  [
    'the first of two does not come, and no row is ever marked',
    'held',
    (h) => {
      const [, later] = committed(h, 'o-1', 'o-1')
      if (later) publish(h, later)
    },
  ],
  [
    'the second of two still waits',
    'held',
    (h) => {
      const [first] = committed(h, 'o-1', 'o-1')
      if (first) publish(h, first)
    },
  ],
  [
    'the first of two was given up',
    'held',
    (h) => {
      const [first, later] = committed(h, 'o-1', 'o-1')
      if (first) h.mark(first, { parked: 'too large' })
      if (later) publish(h, later)
    },
  ],
  [
    'other aggregates in any order',
    'held',
    (h) => publish(h, ...committed(h, 'o-1', 'o-3', 'o-5').reverse()),
  ],
  [
    'a batch is sent again from its start',
    'held',
    (h) => {
      const orders = committed(h, 'o-1', 'o-1')
      publish(h, ...orders, ...orders)
    },
  ],
  [
    'one transaction, two events',
    'held',
    (h) => {
      const a = h.invoke('o-1')
      const b = h.invoke('o-1')
      h.commit([h.stateRow(a), h.outboxRow(a), h.outboxRow(b)], 7)
      publish(h, b, a)
    },
  ],
  ...(['held', 'key-inversion'] as const).map(
    (expected): Row => [
      'two events in one record',
      expected,
      (h) => {
        const orders = committed(h, 'o-1', 'o-1')
        const list = (expected === 'held' ? orders : orders.toReversed()).map(
          ({ id, payload }) => `{"eventId":"${id}","data":${payload}}`,
        )
        if (orders[0]) h.publish(orders[0], { headers: {}, value: `{"events":[${list}]}` })
      },
      { publisher: { events: '$.events' } },
    ],
  ),
  [
    'commit order against the order of ids',
    'held',
    (h) => {
      const a = h.invoke('o-1')
      const b = h.invoke('o-1')
      h.commitOrder(b)
      h.commitOrder(a)
      publish(h, b, a)
    },
  ],
  [
    'an aborted attempt out of order, then in order',
    'held',
    (h) => {
      const [a, b] = committed(h, 'o-1', 'o-1')
      if (!a || !b) return
      h.publish(b, { transactional: true, producerId: 7 })
      h.endTransaction(1, 'abort')
      publish(h, a, b)
    },
  ],
  [
    'no order is declared',
    'held',
    (h) => publish(h, ...committed(h, 'o-1', 'o-1').reverse()),
    { publisher: { order: 'none' } },
  ],
])

test('two events of one record have no places to change: others are taken', () => {
  const h = new HistoryBuilder({ publisher: { events: '$.events' } })
  const publish = (...orders: ReturnType<typeof h.invoke>[]) => {
    for (const order of orders) h.commitOrder(order)
    const list = orders.map(({ id, payload }) => `{"eventId":"${id}","data":${payload}}`)
    if (orders[0]) h.publish(orders[0], { headers: {}, value: `{"events":[${list}]}` })
  }
  publish(h.invoke('o-1'), h.invoke('o-1'))
  publish(h.invoke('o-1'))
  const view = fed(new PublisherView(h.plan), h.end())
  assert.equal(orderPerKey.check(view).kind, 'held')
  const swapped = orderPerKey.mutation.apply(view)
  assert.ok(swapped)
  assert.equal(orderPerKey.check(fed(new PublisherView(h.plan), swapped)).kind, 'violated')
})
