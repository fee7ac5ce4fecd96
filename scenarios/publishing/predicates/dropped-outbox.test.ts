import type { HistoryBuilder } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

/** Committed and acknowledged; nobody publishes it. */
function unpublished(h: HistoryBuilder, key = 'o-1') {
  const order = h.invoke(key)
  h.commitOrder(order)
  h.ok(order)
}

table('OA1', [
  [
    'its outbox table was dropped and made anew, and its row with it',
    'lost-event',
    (h) => {
      unpublished(h)
      h.add({ kind: 'fact', name: 'table.made', subject: 'outbox', value: 'anew' })
    },
  ],
  [
    'its table was made, or another one made anew, or it was on the log before',
    'unknown',
    (h) => {
      h.order('o-0')
      h.add({ kind: 'fact', name: 'table.made', subject: 'outbox', value: 'anew' })
      unpublished(h)
      h.add({ kind: 'fact', name: 'table.made', subject: 'outbox', value: 'first' })
      h.add({ kind: 'fact', name: 'table.made', subject: 'orders', value: 'anew' })
    },
  ],
])
