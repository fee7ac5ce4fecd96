import type { HistoryBuilder } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

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
