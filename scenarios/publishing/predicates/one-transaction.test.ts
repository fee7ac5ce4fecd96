import { table } from '../fixture/judged.ts'

const OUTBOX = { table: 'outbox', id: 'id', aggregateId: 'aggregate_id', published: 'published' }
const WITHOUT_PAYLOAD = { publisher: { outbox: OUTBOX } }

table('OA5', [
  ['one transaction', 'held', (h) => h.orders('o-0', 'o-0')],
  [
    'the event in a later transaction',
    'split-transaction',
    (h) => {
      const order = h.invoke('o-1')
      h.commit([h.stateRow(order)], 1)
      h.commit([h.outboxRow(order)], 2)
    },
  ],
  [
    'the event in an earlier transaction',
    'split-transaction',
    (h) => {
      const order = h.invoke('o-1')
      h.commit([h.outboxRow(order)], 1)
      h.commit([h.stateRow(order)], 2)
    },
  ],
  [
    'the event in a later transaction, which changes something else of the row',
    'split-transaction',
    (h) => {
      const order = h.invoke('o-1')
      h.commit([h.stateRow(order)], 1)
      h.commit([{ ...h.stateRow(order), op: 'update' }, h.outboxRow(order)], 2)
    },
  ],
  [
    'a command that is carried out again writes what the row says already',
    'held',
    (h) => {
      const order = h.order('o-1')
      h.commit([{ ...h.stateRow(order), op: 'update' }, h.outboxRow({ ...order, id: 'event-again' })], 2)
    },
  ],
  [
    'without a declared amount, by the aggregate',
    'split-transaction',
    (h) => {
      const order = h.invoke('o-1')
      h.commit([h.stateRow(order)], 1)
      h.commit([h.outboxRow(order)], 2)
    },
    { publisher: { state: { table: 'orders', id: 'id' } } },
  ],
  [
    'without a declared payload, the event in a later transaction, by the aggregate',
    'split-transaction',
    (h) => {
      const order = h.invoke('o-1')
      h.commit([h.stateRow(order)], 1)
      h.commit([h.outboxRow(order)], 2)
    },
    WITHOUT_PAYLOAD,
  ],
  [
    'without a declared payload, the event in an earlier transaction, by the aggregate',
    'split-transaction',
    (h) => {
      const order = h.invoke('o-1')
      h.commit([h.outboxRow(order)], 1)
      h.commit([h.stateRow(order)], 2)
    },
    WITHOUT_PAYLOAD,
  ],
  ['without a declared payload, one transaction', 'held', (h) => h.orders('o-0', 'o-0'), WITHOUT_PAYLOAD],
  [
    'a row that the harness put into the outbox itself',
    'held',
    (h) => {
      const order = h.order('o-1')
      h.commit([h.outboxRow({ ...order, id: 'poison', key: 'poison', payload: '{}' })], 7)
    },
  ],
  [
    'no outbox: the business table is captured',
    'held',
    (h) => {
      const order = h.invoke('o-1')
      h.commit([h.stateRow(order)], 1)
    },
  ],
])
