import type { ConsumerHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

/** Two events are placed in this order and take effect in the other. */
function inverted(h: ConsumerHistory, a: string, b: string): void {
  const [first, second] = [h.put(a), h.put(b)]
  h.apply(second)
  h.apply(first)
}

table('OR3', [
  ['in order', 'held', (h) => h.handleAll('o-1', 'o-1', 'o-1')],
  ['two of a key the other way round', 'apply-inversion', (h) => inverted(h, 'o-1', 'o-1')],
  ['two of different keys the other way round', 'held', (h) => inverted(h, 'o-1', 'o-3')],
  ['no order is declared', 'held', (h) => inverted(h, 'o-1', 'o-1'), { consumer: { order: 'none' } }],
  [
    'in one transaction there is no order',
    'held',
    (h) => {
      const [first, second] = [h.put('o-1'), h.put('o-1')]
      h.commitRows([h.effectRow(second), h.effectRow(first)], 7)
    },
  ],
  [
    'a late copy changes nothing',
    'held',
    (h) => {
      const first = h.handle('o-1')
      h.handle('o-1')
      h.commit(h.copy(first))
    },
  ],
  [
    'what went to a retry topic has left the order',
    'held',
    (h) => {
      const first = h.put('o-1', { failures: 1 })
      h.apply(h.put('o-1'))
      h.fail(first, 1)
    },
  ],
  [
    'copies on two partitions have no order',
    'held',
    (h) => {
      const first = h.put('o-1')
      h.copy(first, {}, 0)
      h.apply(h.put('o-1'))
      h.apply(first)
    },
  ],
])
