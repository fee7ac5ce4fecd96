import { table } from '../fixture/judged.ts'

table('OR2', [
  ['one partition an aggregate', 'held', (h) => h.orders('o-0', 'o-1', 'o-0')],
  [
    'an aggregate in two partitions',
    'partition-hop',
    (h) => {
      const order = h.invoke('o-0')
      h.order('o-0')
      h.commitOrder(order)
      h.publish(order, { partition: 1 })
    },
  ],
  [
    'the row as the key',
    'partition-hop',
    (h) => {
      for (const partition of [0, 1]) {
        const order = h.invoke('o-0')
        h.commitOrder(order)
        h.publish(order, { key: order.id, partition })
      }
    },
  ],
  [
    'no key',
    'no-key',
    (h) => {
      const order = h.invoke('o-0')
      h.commitOrder(order)
      h.publish(order, { key: null })
    },
  ],
  [
    'a key of another form, always the same partition',
    'held',
    (h) => {
      for (const order of [h.invoke('o-0'), h.invoke('o-0')]) {
        h.commitOrder(order)
        h.publish(order, { key: '{"id":"o-0"}' })
      }
    },
  ],
  [
    'no order is declared',
    'held',
    (h) => {
      const order = h.invoke('o-0')
      h.commitOrder(order)
      h.publish(order, { key: null })
    },
    { publisher: { order: 'none' } },
  ],
])
