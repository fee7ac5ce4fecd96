import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HistoryBuilder } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'
import { open } from '../fixture/kinds.ts'
import { payloadFollowsState } from './payload-follows-state.ts'

const KEYS = ['o-1', 'o-2', 'o-3', 'o-4', 'o-5', 'o-6', 'o-7', 'o-8', 'o-9', 'o-10', 'o-11']

/** Orders whose events say what `told` makes of their amount. */
function orders(h: HistoryBuilder, told: (amount: number, n: number) => unknown): void {
  for (const [n, key] of KEYS.entries()) {
    const order = h.invoke(key)
    const payload = JSON.stringify({ orderId: key, version: 1, totalAmount: told(order.amount, n) })
    const published = { ...order, payload }
    h.commitOrder(published)
    h.ok(published)
    h.publish(published)
  }
}

table('OA9', [
  ['each event says what was written', 'held', (h) => orders(h, (amount) => amount)],
  ['amounts as text with decimals', 'held', (h) => orders(h, (amount) => `${amount}.00`)],
  [
    'one event says another amount',
    'payload-not-state',
    (h) => orders(h, (amount, n) => (n === 3 ? amount + 1 : amount)),
  ],
  ['amounts are rounded', 'payload-not-state', (h) => orders(h, (amount) => Math.round(amount / 5) * 5)],
  ['payloads carry no amount', 'held', (h) => orders(h, () => 'see order')],
  ['payloads carry amounts in another unit', 'held', (h) => orders(h, (amount) => amount * 100)],
  ['payloads carry a number that never changes', 'held', (h) => orders(h, () => 1_000_000)],
])

test('OA9 names its mutation where events are logical messages', () => {
  const h = new HistoryBuilder()
  for (const key of KEYS) {
    const order = h.invoke(key)
    const content = JSON.stringify({ id: order.id, aggregateId: key, payload: { total: order.amount } })
    h.commit([h.stateRow(order)], order.xid, [content])
    h.ok(order).publish(order)
  }
  h.end()
  const events = payloadFollowsState.mutation.apply(open(h))
  assert.ok(events)
  const finding = payloadFollowsState.check(open({ events, plan: h.plan }))
  assert.equal(finding.kind === 'violated' && finding.name, 'payload-not-state')
})
