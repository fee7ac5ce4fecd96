import { table } from '../fixture/judged.ts'

const OUTBOX = { table: 'outbox', id: 'id', aggregateId: 'aggregate_id', published: 'published' }
const WITHOUT_PAYLOAD = { publisher: { outbox: OUTBOX } }

table('OA1', [
  [
    'published, its row in a later transaction, and no payload that says of which change it tells',
    'held',
    (h) => {
      const order = h.invoke('o-1')
      h.commit([h.stateRow(order)], 1)
      h.commit([h.outboxRow(order)], 2)
      h.publish(order)
      h.mark(order)
    },
    WITHOUT_PAYLOAD,
  ],
  [
    'published, its row in an earlier transaction',
    'held',
    (h) => {
      const order = h.invoke('o-1')
      h.commit([h.outboxRow(order)], 1)
      h.publish(order)
      h.commit([h.stateRow(order)], 2)
      h.mark(order)
    },
    WITHOUT_PAYLOAD,
  ],
  [
    'two changes of an aggregate, one row',
    'lost-event',
    (h) => {
      const [first, second] = [h.invoke('o-1'), h.invoke('o-1')]
      h.commit([h.stateRow(first)], 1)
      h.commit([h.stateRow(second)], 2)
      h.commit([h.outboxRow(first)], 3)
      h.publish(first)
      h.mark(first)
      h.pass(5000)
      h.order('o-2')
    },
    WITHOUT_PAYLOAD,
  ],
])
