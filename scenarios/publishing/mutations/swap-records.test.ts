import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HistoryBuilder } from '../fixture/builder.ts'
import { orderPerKey } from '../predicates/order-per-key.ts'
import { PublisherView } from '../view/publisher-view.ts'
import { swapRecords } from './swap-records.ts'

test('two events of one record have no places to change: others are taken', () => {
  const h = new HistoryBuilder({ publisher: { events: '$.events' } })
  const publish = (...orders: ReturnType<typeof h.invoke>[]) => {
    for (const order of orders) h.commitOrder(order)
    const list = orders.map(({ id, payload }) => `{"eventId":"${id}","data":${payload}}`)
    if (orders[0]) h.publish(orders[0], { headers: {}, value: `{"events":[${list}]}` })
  }
  publish(h.invoke('o-1'), h.invoke('o-1'))
  publish(h.invoke('o-1'))
  const view = new PublisherView(h.end(), h.plan)
  assert.equal(orderPerKey.check(view).kind, 'held')
  const swapped = swapRecords.apply(view)
  assert.ok(swapped)
  assert.equal(orderPerKey.check(new PublisherView(swapped, h.plan)).kind, 'violated')
})
