import { table } from '../fixture/judged.ts'

table('OA3', [
  ['no gate was closed', 'held', (h) => void h.order('o-0')],
  [
    'published after the gate was opened',
    'held',
    (h) => {
      h.gate('commit', 'o-1', 'closed')
      const order = h.invoke('o-1')
      h.waiting('commit', 'o-1', order.xid)
      h.order('o-0')
      h.gate('commit', 'o-1', 'opened').commitOrder(order)
      h.publish(order)
    },
  ],
  [
    'published while its backend stood in COMMIT',
    'dirty-publish',
    (h) => {
      h.gate('commit', 'o-1', 'closed')
      const order = h.invoke('o-1')
      h.waiting('commit', 'o-1', order.xid).publish(order)
      h.gate('commit', 'o-1', 'opened').commitOrder(order)
    },
  ],
  [
    'published while the transaction waited, which then was ended',
    'dirty-publish',
    (h) => {
      h.gate('commit', 'o-1', 'closed')
      const order = h.invoke('o-1')
      h.waiting('commit', 'o-1').publish(order)
      h.gate('commit', 'o-1', 'opened').info(order)
    },
  ],
  [
    'an earlier event of the aggregate comes while the gate is closed',
    'held',
    (h) => {
      const early = h.invoke('o-1')
      h.commitOrder(early)
      h.gate('commit', 'o-1', 'closed')
      const order = h.invoke('o-1')
      h.waiting('commit', 'o-1', order.xid).publish(early)
      h.gate('commit', 'o-1', 'opened').commitOrder(order)
      h.publish(order)
    },
  ],
  [
    'in an open Kafka transaction that ends after the gate was opened',
    'held',
    (h) => {
      h.gate('commit', 'o-1', 'closed')
      const order = h.invoke('o-1')
      h.waiting('commit', 'o-1', order.xid).publish(order, { transactional: true, producerId: 7 })
      h.gate('commit', 'o-1', 'opened').commitOrder(order)
      h.endTransaction(1, 'commit')
    },
  ],
])
