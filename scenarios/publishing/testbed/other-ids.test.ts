import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fed } from '../../../proof/history/view.ts'
import { HistoryBuilder, type Order } from '../fixture/builder.ts'
import { PublisherView } from '../view/publisher-view.ts'
import { otherIds } from './other-ids.ts'

/** @param bears the id that the record of an order bears */
function found(bears: (order: Order, n: number) => string, keys = ['o-1', 'o-2', 'o-3']) {
  const h = new HistoryBuilder()
  const orders = keys.map((key) => h.invoke(key))
  const rows = orders.map((order, n) => {
    h.commitOrder(order)
    h.publish(order, { headers: { eventId: bears(order, n) } })
    return h.outboxRow(order).after ?? {}
  })
  return otherIds(fed(new PublisherView(h.plan), h.events), rows)
}

test('records bear the declared id of their rows', () => {
  assert.equal(
    found(({ id }) => id),
    undefined,
  )
})

test('records bear what stands elsewhere in their rows, also where the declared one is the same by chance', () => {
  const wrong = found(({ key }) => key)
  assert.equal(wrong?.advice, "declare outbox.id: 'aggregate_id'")
  assert.match(
    wrong.says,
    /bears the id o-\d, and the row with its payload has another one in 'id'; .* stands in 'aggregate_id'/,
  )
  const alike = found(({ key }) => key, ['event-1', 'event-3', 'event-2'])
  assert.match(alike?.says ?? '', /bears the id event-[23], and/)
})

test('an id that stands nowhere is made by the relay, which is judged for it', () => {
  assert.equal(
    found((_, n) => `attempt-${n}`),
    undefined,
  )
})

test('what several rows have in common is no id', () => {
  assert.equal(
    found(({ key }) => key, ['o-1', 'o-2', 'o-1']),
    undefined,
  )
})
