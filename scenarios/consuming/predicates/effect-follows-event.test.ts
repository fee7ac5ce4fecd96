import type { ConsumerHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

const KEYS = ['o-1', 'o-2', 'o-3', 'o-4', 'o-5', 'o-6']

/** Events whose effects have what `change` says in their rows. */
function effects(h: ConsumerHistory, change: (n: number) => Record<string, string>): void {
  for (const [n, key] of KEYS.entries()) {
    const event = h.put(key)
    h.attempt(event)
    h.commitRows([h.effectRow(event, change(n)), h.dedupeRow(event)], event.xid)
    h.commit(event)
  }
}

/** Events of large amounts that all differ. */
function rounded(h: ConsumerHistory, made: (amount: number) => number): void {
  for (const [n, key] of KEYS.entries()) {
    const event = h.put(key, {}, { amount: 1_000_001 + 7 * n })
    h.attempt(event)
    h.commitRows(
      [h.effectRow(event, { amount: made(event.amount).toFixed(2) }), h.dedupeRow(event)],
      event.xid,
    )
    h.commit(event)
  }
}

/** A total for each key, which grows by what `grown` makes of an event, given what it was. */
function totals(h: ConsumerHistory, grown: (amount: number, before: number) => number): void {
  let total = 0
  for (let n = 0; n < 4; n++) {
    const event = h.put('o-1', {}, { amount: 4 ** n })
    h.attempt(event)
    const before = total
    total += grown(event.amount, before)
    const after = { order_id: 'o-1', total: String(total) }
    const row =
      n === 0
        ? { op: 'insert' as const }
        : { op: 'update' as const, before: { ...after, total: String(before) } }
    h.commitRows([{ table: 'shipments', after, ...row }, h.dedupeRow(event)], event.xid)
    h.commit(event)
  }
}
const SUM = { consumer: { effects: { table: 'shipments', key: 'order_id', sum: 'total' }, retry: undefined } }

table('IC9', [
  ['a sum that adds', 'held', (h) => totals(h, (amount) => amount), SUM],
  [
    'the larger number wins',
    'wrong-effect',
    (h) => totals(h, (amount, before) => Math.max(amount, before) - before),
    SUM,
  ],
  [
    'the largest is rounded',
    'wrong-effect',
    (h) => totals(h, (amount) => (amount > 16 ? amount - 1 : amount)),
    SUM,
  ],
  // Too much of the right thing is IC1's.
  ['each is added twice', 'held', (h) => totals(h, (amount) => 2 * amount), SUM],

  ['effects as their events', 'held', (h) => effects(h, () => ({}))],
  ['one has another amount', 'wrong-effect', (h) => effects(h, (n) => (n === 4 ? { amount: '7.00' } : {}))],
  ['one has another key', 'wrong-effect', (h) => effects(h, (n) => (n === 4 ? { order_id: 'o-9' } : {}))],
  ['the column is another thing', 'held', (h) => effects(h, (n) => ({ amount: String(n) }))],
  ['most are rounded', 'wrong-effect', (h) => rounded(h, (amount) => amount - (amount % 10))],
  ['a fee is added to each', 'held', (h) => rounded(h, (amount) => amount + 4.9)],
  ['one of two fees is', 'held', (h) => rounded(h, (amount) => amount + (amount % 2 === 0 ? 4.9 : 9.9))],
  [
    'a fee is, but for one of another kind',
    'held',
    (h) => rounded(h, (amount) => (amount === 1_000_001 ? 7 : amount + 4.9)),
  ],
  [
    'the event came again with another body',
    'held',
    (h) => {
      effects(h, () => ({}))
      const event = h.put('o-7')
      const copy = h.copy({ ...event, amount: 99 })
      h.apply(copy)
    },
  ],
])
