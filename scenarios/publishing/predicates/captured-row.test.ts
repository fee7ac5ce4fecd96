import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fields } from '../../../proof/history/event.ts'
import { HistoryBuilder } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'
import { open } from '../fixture/kinds.ts'
import { capturedRow } from './captured-row.ts'

const KEYS = ['o-1', 'o-2', 'o-3', 'o-4', 'o-5']
const NOTE = 'n'.repeat(3000)

interface Captured {
  /** Columns beside id and amount that the database's log has for a second change of each row. */
  readonly logged?: Fields
  /** What the record of the second change has in place of the row. */
  readonly told?: (row: Fields) => Record<string, unknown>
  /** In the record of each change. */
  readonly spelled?: (row: Fields) => Record<string, unknown>
}

/** Orders with a large note: made with it, then changed without touching it. */
function captured(h: HistoryBuilder, { logged = {}, told = (row) => row, spelled = (row) => row }: Captured) {
  for (const key of KEYS)
    for (const change of [1, 2]) {
      const order = h.invoke(key)
      const row = { id: key, amount: String(order.amount), note: `${NOTE} of ${key}` }
      const after = change === 1 ? row : { id: row.id, amount: row.amount, ...logged }
      h.commit([{ table: 'orders', op: change === 1 ? 'insert' : 'update', after }], order.xid)
      h.ok(order)
      h.publish({ ...order, payload: JSON.stringify(spelled(change === 1 ? row : (told(row) as Fields))) })
    }
}

table('OA11', [
  ['each record has its row', 'held', (h) => captured(h, {})],
  [
    'the log tells all columns',
    'held',
    (h) => captured(h, { logged: { note: 'rewritten' }, told: (row) => ({ ...row, note: 'rewritten' }) }),
  ],
  [
    'numbers are numbers',
    'held',
    (h) => captured(h, { spelled: (row) => ({ ...row, amount: Number(row.amount) }) }),
  ],
  [
    'a column in bytes, which is not held against its row',
    'held',
    (h) =>
      captured(h, { spelled: (row) => ({ ...row, note: Buffer.from(row.note ?? '').toString('base64') }) }),
  ],
  ['a column that no record has', 'held', (h) => captured(h, { spelled: ({ note: _, ...row }) => row })],
  [
    'an untouched column is left out',
    'column-not-told',
    (h) => captured(h, { told: ({ note: _, ...row }) => row }),
  ],
  [
    'an untouched column is a placeholder',
    'column-not-told',
    (h) => captured(h, { told: (row) => ({ ...row, note: '__debezium_unavailable_value' }) }),
  ],
  [
    'an untouched column is null',
    'column-not-told',
    (h) => captured(h, { told: (row) => ({ ...row, note: null }) }),
  ],
])

test('OA11 names its mutation', () => {
  const h = new HistoryBuilder()
  captured(h, {})
  h.end()
  const events = capturedRow.mutation.apply(open(h))
  assert.ok(events)
  const finding = capturedRow.check(open({ events, plan: h.plan }))
  assert.equal(finding.kind === 'violated' && finding.name, 'column-not-told')
})
