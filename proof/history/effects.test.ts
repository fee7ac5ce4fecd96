import type { ConsumerHistory } from '../../test/histories/consume/builder.ts'
import { table } from '../../test/histories/consume/judged.ts'

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
