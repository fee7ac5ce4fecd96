import { describe } from 'node:test'
import { table as consumed } from '../consuming/fixture/judged.ts'
import { producing } from '../consuming/fixture/producing.ts'
import { table as published } from '../publishing/fixture/judged.ts'

describe('of a publisher', () => {
  published('PC1', [
    ['no client was watched', 'held', (h) => void h.order('o-0')],
    ['every client asks for acks=all', 'held', (h) => void [h.client(), h.client({ clientId: 'orders' })]],
    ['acks=1', 'acks-not-all', (h) => void [h.client(), h.client({ acks: 1 })]],
    ['acks=0', 'acks-not-all', (h) => void h.client({ acks: 0 })],
    ['acks=1 on another topic', 'acks-not-all', (h) => void h.client({ acks: 1, topics: ['audit'] })],
    ['not idempotent is another matter', 'held', (h) => void h.client({ idempotent: false })],
  ])
})

describe('of a consumer', () => {
  consumed('PC1', [
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
})
