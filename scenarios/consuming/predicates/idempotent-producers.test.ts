import { table } from '../fixture/judged.ts'
import { producing } from '../fixture/producing.ts'

const ANONYMOUS = { producerId: -1, producerEpoch: -1, sequence: -1 }

table('PC2', [
  ['nobody produces', 'held', (h) => void h.handle('o-1')],
  ['a retry and a dead letter carry a producer id', 'held', (h) => void h.fail(h.put('o-1'))],
  [
    'a dead letter carries none',
    'not-idempotent',
    (h) => void h.record('orders-dlt', h.put('o-1'), ANONYMOUS),
  ],
  [
    'what was delivered is not the consumer’s',
    'held',
    (h) => void h.record('orders', h.put('o-1'), ANONYMOUS),
  ],
  ['a request carries none', 'not-idempotent', (h) => producing(h, { idempotent: false })],
  [
    'a request for another topic carries none',
    'held',
    (h) => producing(h, { idempotent: false, topics: ['audit'] }),
  ],
])
