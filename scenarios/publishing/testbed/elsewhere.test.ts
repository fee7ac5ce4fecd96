import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fed } from '../../../proof/history/view.ts'
import { HistoryBuilder, type Order } from '../fixture/builder.ts'
import { PublisherView } from '../view/publisher-view.ts'
import { elsewhere } from './elsewhere.ts'

const OUTBOX = new HistoryBuilder().plan.publisher.outbox as NonNullable<
  HistoryBuilder['plan']['publisher']['outbox']
>

/** Each command leaves an event of an order, which is published, and one of a customer, which is not on this topic. */
function twoSorts(
  only?: { column: string; is: string },
  topics: readonly string[] = ['order-events', 'customers'],
) {
  const h = new HistoryBuilder({ publisher: { outbox: only === undefined ? OUTBOX : { ...OUTBOX, only } } })
  h.add({
    kind: 'k.client',
    clientId: 'relay',
    acks: -1,
    idempotent: true,
    transactional: false,
    apiVersion: 7,
    topics,
  })
  for (const key of ['o-1', 'o-2', 'o-3']) {
    const order = h.invoke(key)
    const customer: Order = { ...order, id: `customer-${order.id}` }
    h.commit(
      [h.stateRow(order), h.outboxRow(order, { sort: 'Order' }), h.outboxRow(customer, { sort: 'Customer' })],
      order.xid,
    )
    h.ok(order)
    h.publish(order)
    h.mark(order)
  }
  return fed(new PublisherView(h.plan), h.events)
}

test('rows that come to another topic are told by the column that says so', () => {
  const found = elsewhere(twoSorts())
  assert.match(found?.says ?? '', /no row of outbox whose 'sort' is 'Customer' came to 'order-events'/)
  assert.match(found?.advice ?? '', /outbox\.only: { column: 'sort', is: 'Order' }/)
})

test('rows that a relay leaves out, and publishes nowhere, are its mistake', () => {
  assert.equal(elsewhere(twoSorts(undefined, ['order-events'])), undefined)
})

test('where it is declared, the others are no events of this topic', () => {
  const view = twoSorts({ column: 'sort', is: 'Order' })
  assert.equal(elsewhere(view), undefined)
  assert.deepEqual(
    view.expectedEvents().map(({ records }) => records.length),
    [1, 1, 1],
  )
})
