import { table } from '../fixture/judged.ts'
import { producing } from '../fixture/producing.ts'

table('PC1', [
  ['nobody produces', 'held', (h) => void h.handle('o-1')],
  ['dead letters ask for all', 'held', (h) => producing(h, { topics: ['orders-dlt'] })],
  ['retries ask for the leader', 'acks-not-all', (h) => producing(h, { acks: 1 })],
  ['dead letters ask for nobody', 'acks-not-all', (h) => producing(h, { acks: 0, topics: ['orders-dlt'] })],
  ['topics have no name yet', 'acks-not-all', (h) => producing(h, { acks: 1, topics: [] })],
  ['another topic is not asked', 'held', (h) => producing(h, { acks: 1, topics: ['audit'] })],
  [
    'first the leader, then all',
    'acks-not-all',
    (h) => {
      producing(h, { acks: 1 })
      producing(h)
    },
  ],
])
