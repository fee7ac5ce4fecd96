import { describe } from 'node:test'
import { table as consumed } from '../consuming/fixture/judged.ts'
import { producing } from '../consuming/fixture/producing.ts'
import { table as published } from '../publishing/fixture/judged.ts'

const ANONYMOUS = { producerId: -1, producerEpoch: -1, sequence: -1 }

describe('of a publisher', () => {
  published('PC2', [
    ['nothing was published', 'held', () => {}],
    ['every record carries a producer id', 'held', (h) => void [h.client(), h.orders('o-0', 'o-1')]],
    [
      'one record carries none',
      'not-idempotent',
      (h) => {
        const order = h.order('o-0')
        h.publish(order, ANONYMOUS)
      },
    ],
    [
      'kafkajs without idempotence writes epoch and sequence 0',
      'not-idempotent',
      (h) => void h.publish(h.order('o-0'), { ...ANONYMOUS, producerEpoch: 0, sequence: 0 }),
    ],
    [
      'in a transaction that was aborted',
      'held',
      (h) => {
        const order = h.invoke('o-1')
        h.commitOrder(order)
        h.publish(order, { transactional: true, producerId: 7 })
        h.endTransaction(1, 'abort').publish(order)
      },
    ],
    [
      'a tombstone of a producer without id',
      'not-idempotent',
      (h) => {
        h.publish(h.invoke('o-0'), { ...ANONYMOUS, value: null, valueBytes: -1 })
      },
    ],
    ['a watched client is not idempotent', 'not-idempotent', (h) => void h.client({ idempotent: false })],
    [
      'another topic is not asked',
      'held',
      (h) => {
        h.order('o-0')
        h.publish(h.order('o-1'), { ...ANONYMOUS, topic: 'audit', offset: 0 })
      },
    ],
  ])
})

describe('of a consumer', () => {
  consumed('PC2', [
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
})
