import type { ConsumerHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

function write(h: ConsumerHistory, op: 'insert' | 'update', version: number, before?: number): void {
  const row = {
    table: 'shipments',
    op,
    after: { event_id: 'e', order_id: 'o-1', version: String(version) },
  } as const
  h.commitRows([before === undefined ? row : { ...row, before: { version: String(before) } }], 7)
}

const BESIDE = {
  consumer: {
    effects: { table: 'shipments', eventId: 'event_id' },
    versions: { table: 'states', key: 'id', version: 'v' },
  },
}

/** The newest state of an entity, in a table of its own. */
function state(h: ConsumerHistory, op: 'insert' | 'update', version: number): void {
  h.commitRows([{ table: 'states', op, after: { id: 'o-1', v: String(version) } }], 7)
}

table('OR5', [
  [
    'versions rise',
    'held',
    (h) => void [write(h, 'insert', 1), write(h, 'update', 2), write(h, 'update', 4)],
  ],
  ['the same once more', 'held', (h) => void [write(h, 'insert', 1), write(h, 'update', 1)]],
  ['an older one', 'stale-overwrite', (h) => void [write(h, 'insert', 2), write(h, 'update', 1)]],
  ['an older one than the row had', 'stale-overwrite', (h) => write(h, 'update', 1, 3)],
  ['rows that are only added', 'held', (h) => void [write(h, 'insert', 2), write(h, 'insert', 1)]],
  [
    'states beside the effects rise',
    'held',
    (h) => void [state(h, 'insert', 1), state(h, 'update', 2)],
    BESIDE,
  ],
  [
    'one of them falls',
    'stale-overwrite',
    (h) => void [state(h, 'insert', 2), state(h, 'update', 1)],
    BESIDE,
  ],
  [
    'no version is declared',
    'held',
    (h) => void [write(h, 'insert', 2), write(h, 'update', 1)],
    { consumer: { effects: { table: 'shipments', eventId: 'event_id' } } },
  ],
])
