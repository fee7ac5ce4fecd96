import { table } from '../fixture/judged.ts'

table('PC1', [
  ['no client was watched', 'held', (h) => void h.order('o-0')],
  ['every client asks for acks=all', 'held', (h) => void [h.client(), h.client({ clientId: 'orders' })]],
  ['acks=1', 'acks-not-all', (h) => void [h.client(), h.client({ acks: 1 })]],
  ['acks=0', 'acks-not-all', (h) => void h.client({ acks: 0 })],
  ['acks=1 on another topic', 'acks-not-all', (h) => void h.client({ acks: 1, topics: ['audit'] })],
  ['not idempotent is another matter', 'held', (h) => void h.client({ idempotent: false })],
])
