import type { ConsumerHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

const SUM = {
  consumer: { effects: { table: 'stock', key: 'id', amount: 'total' }, dedupe: undefined },
} as const
const UPSERT = {
  consumer: {
    effects: { table: 'orders', eventId: 'event_id', key: 'id', version: 'version' },
    dedupe: undefined,
  },
} as const

/** A running sum a key, written over. */
function grow(h: ConsumerHistory, total: number, xid = 7): void {
  const row = { table: 'stock', op: 'update', after: { id: 'o-1', total: String(total) } } as const
  h.commitRows([row], xid)
}

const WEIGHTS = {
  consumer: { effects: { table: 'stock', key: 'id', sum: 'total' }, dedupe: undefined, retry: undefined },
} as const

/** A sum of a key that is told with what was there before. */
function add(h: ConsumerHistory, key: string, growth: number, before = 0): void {
  const fields = (total: number) => ({ id: key, total: String(total) })
  const row = before === 0 ? { op: 'insert' as const } : { op: 'update' as const, before: fields(before) }
  h.commitRows([{ table: 'stock', ...row, after: fields(before + growth) }], 7)
}

function weighed(h: ConsumerHistory, key: string, ...amounts: readonly number[]) {
  const events = amounts.map((amount) => h.put(key, {}, { amount }))
  for (const event of events) h.commit(event)
}

function upsert(
  h: ConsumerHistory,
  event: { id: string; key: string; version: number },
  op: 'insert' | 'update',
) {
  const after = { id: event.key, event_id: event.id, version: String(event.version) }
  h.commitRows([{ table: 'orders', op, after }], 7)
}

table('IC1', [
  [
    'a sum grows by each amount',
    'held',
    (h) => {
      const [a, b] = [h.put('o-1'), h.put('o-1')]
      grow(h, a.amount)
      grow(h, a.amount + b.amount)
      h.commit(b)
    },
    SUM,
  ],
  [
    'a sum grows by an amount twice',
    'duplicate-effect',
    (h) => {
      const event = h.put('o-1')
      grow(h, event.amount)
      grow(h, 2 * event.amount)
      h.commit(event)
    },
    SUM,
  ],
  [
    'a sum grows by something else: nobody can tell whose effect that is',
    'unknown',
    (h) => {
      const [a, b] = [h.put('o-1'), h.put('o-1')]
      grow(h, a.amount + b.amount)
      h.commit(b)
    },
    SUM,
  ],
  [
    'amounts are powers of four: a sum tells which events it holds',
    'duplicate-effect',
    (h) => {
      h.put('o-1', {}, { amount: 1 })
      h.put('o-1', {}, { amount: 4 })
      h.put('o-1', {}, { amount: 16 })
      grow(h, 1 + 2 * 4 + 16)
    },
    SUM,
  ],
  [
    'each key has its own weights, and one write holds several events',
    'held',
    (h) => {
      weighed(h, 'o-1', 1, 4, 16)
      weighed(h, 'o-3', 1, 4)
      add(h, 'o-1', 1)
      add(h, 'o-3', 1 + 4)
      add(h, 'o-1', 4 + 16, 1)
    },
    WEIGHTS,
  ],
  [
    'every event is in a sum twice',
    'duplicate-effect',
    (h) => {
      weighed(h, 'o-1', 1, 4)
      add(h, 'o-1', 2)
      add(h, 'o-1', 2 * 4, 2)
    },
    WEIGHTS,
  ],
  [
    'one event is in a sum twice',
    'duplicate-effect',
    (h) => {
      weighed(h, 'o-1', 1, 4, 16)
      add(h, 'o-1', 1 + 2 * 4 + 16)
    },
    WEIGHTS,
  ],
  [
    'one event is in a sum again, later',
    'duplicate-effect',
    (h) => {
      weighed(h, 'o-1', 1, 4)
      add(h, 'o-1', 1 + 4)
      add(h, 'o-1', 4, 5)
    },
    WEIGHTS,
  ],
  [
    'one event is in no sum',
    'lost-effect',
    (h) => {
      weighed(h, 'o-1', 1, 4, 16)
      add(h, 'o-1', 1 + 16)
    },
    WEIGHTS,
  ],
  [
    'a sum grew by what no event of its key weighs',
    'unknown',
    (h) => {
      weighed(h, 'o-1', 1, 4)
      add(h, 'o-1', 1 + 4 + 64)
    },
    WEIGHTS,
  ],
  [
    'an older event comes late, and a version guard leaves it out',
    'held',
    (h) => {
      const [old, young] = [h.put('o-1'), h.put('o-1')]
      upsert(h, old, 'insert')
      upsert(h, young, 'update')
      const late = h.put('o-1', {}, { version: 1 })
      h.commit(late)
    },
    UPSERT,
  ],
  [
    'an event with a new version is left out',
    'lost-effect',
    (h) => {
      const [old, young] = [h.put('o-1'), h.put('o-1')]
      upsert(h, old, 'insert')
      upsert(h, young, 'update')
      h.commit(h.put('o-1'))
    },
    UPSERT,
  ],
])
