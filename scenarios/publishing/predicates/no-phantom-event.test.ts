import { table } from '../fixture/judged.ts'

table('OA2', [
  [
    'a payload that nobody can read, passed on as it is without the id that was in it',
    'held',
    (h) => {
      for (const key of ['o-1', 'o-2']) {
        const order = h.invoke(key)
        h.commit([h.stateRow(order), h.outboxRow(order, { payload: '{{"eve' })], order.xid)
        h.publish(order, { value: '{{"eve', headers: {} })
        h.mark(order)
      }
    },
  ],
  ['every record has its commit', 'held', (h) => h.orders('o-0', 'o-1')],
  [
    'a record that nobody asked for',
    'phantom-event',
    (h) => {
      const order = h.order('o-0')
      h.publish(order, { value: '{"amount":7}', headers: { eventId: 'other' } })
    },
  ],
  [
    'a record of a command that was rolled back',
    'aborted-publish',
    (h) => {
      h.order('o-0')
      const order = h.invoke('o-1', true)
      h.publish(order)
      h.fail(order)
    },
  ],
  [
    'a record of a command without an answer that was never committed',
    'aborted-publish',
    (h) => {
      h.order('o-0')
      const order = h.invoke('o-1')
      h.publish(order)
      h.info(order)
    },
  ],
  [
    'an outbox row of its own, and the change was rolled back',
    'aborted-publish',
    (h) => {
      h.order('o-0')
      const order = h.invoke('o-1', true)
      h.commit([h.outboxRow(order)], 7)
      h.publish(order)
      h.fail(order)
    },
  ],
  [
    'the database observer has not seen past the record',
    'unknown',
    (h) => {
      const order = h.order('o-0')
      h.end()
      h.publish(order, { value: '{"amount":7}', headers: { eventId: 'other' } })
    },
  ],
  [
    'the commit is seen after the record',
    'held',
    (h) => {
      const order = h.invoke('o-0')
      h.publish(order)
      h.commitOrder(order)
      h.ok(order)
    },
  ],
  [
    'aborted in Kafka: no reader sees it',
    'held',
    (h) => {
      const order = h.invoke('o-0', true)
      h.publish(order, { transactional: true, producerId: 7 })
      h.endTransaction(0, 'abort').fail(order)
    },
  ],
  [
    'a tombstone behind an event',
    'held',
    (h) => void h.publish(h.order('o-0'), { value: null, valueBytes: -1, headers: {} }),
  ],
  [
    'the end of a row in a change stream',
    'held',
    (h) =>
      void h.publish(h.order('o-0'), { value: '{"op":"d","before":{"id":1},"after":null}', headers: {} }),
  ],
])
