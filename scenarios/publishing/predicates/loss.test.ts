import type { HistoryBuilder } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

/** Of two transactions that overlap the one that began first commits last; what becomes of the other one is the test's. */
function overlapping(h: HistoryBuilder, published: 'before' | 'behind'): void {
  const late = h.invoke('o-1')
  const other = h.invoke('o-2')
  h.commitOrder(other)
  if (published === 'before') h.publish(other)
  h.commitOrder(late)
  if (published === 'behind') h.publish(other)
  h.mark(other)
  h.order('o-1')
  h.pass(2000)
}

table('OA1', [
  [
    'a row waits, and one that is younger was on the log before it was committed: a cursor has passed it',
    'skipped-late-commit',
    (h) => overlapping(h, 'before'),
  ],
  [
    'a row waits, and one that is younger was sent about then: somebody may hold it',
    'stalled-relay',
    (h) => overlapping(h, 'behind'),
  ],
])
