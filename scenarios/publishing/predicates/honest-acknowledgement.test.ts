import { table } from '../fixture/judged.ts'

table('OA7', [
  [
    'answers that are true',
    'held',
    (h) => {
      h.order('o-0')
      h.fail(h.invoke('o-1', true))
    },
  ],
  [
    'acknowledged and never committed',
    'lost-command',
    (h) => {
      h.order('o-0')
      h.ok(h.invoke('o-1', true))
    },
  ],
  [
    'acknowledged, and the database observer has not seen past it',
    'unknown',
    (h) => {
      h.order('o-0')
      h.end()
      h.ok(h.invoke('o-1'))
    },
  ],
  [
    'refused and committed',
    'ghost-commit',
    (h) => {
      const order = h.invoke('o-0')
      h.commitOrder(order)
      h.fail(order)
    },
  ],
  [
    'no answer, committed or not',
    'held',
    (h) => {
      h.order('o-0')
      const order = h.invoke('o-1')
      h.commitOrder(order)
      h.info(order)
      h.info(h.invoke('o-2'))
    },
  ],
  [
    'no answer, committed, and the repeat is refused',
    'held',
    (h) => {
      const order = h.invoke('o-1')
      h.commitOrder(order)
      h.info(order)
      h.add({
        kind: 'op.invoke',
        op: 'again',
        key: 'o-1',
        amount: order.amount,
        idempotencyKey: order.op,
        traceparent: '',
        refused: false,
      })
      h.fail({ ...order, op: 'again' })
    },
  ],
  [
    'no answer, and the repeat is acknowledged',
    'held',
    (h) => {
      const order = h.invoke('o-1')
      h.commitOrder(order)
      h.info(order).ok(order)
    },
  ],
  [
    'no answer, committed, and the repeat of the same command is refused',
    'held',
    (h) => {
      const order = h.invoke('o-1')
      h.commitOrder(order)
      h.info(order).fail(order)
    },
  ],
  [
    'accepted, and committed later',
    'held',
    (h) => {
      const order = h.invoke('o-1')
      h.ok(order)
      h.commitOrder(order)
    },
    { publisher: { answers: 'accepted' } },
  ],
  [
    'accepted, and lost to a fault: that is what was declared',
    'held',
    (h) => {
      h.order('o-0')
      h.ok(h.invoke('o-1')).fault('armed').fault('cleared')
    },
    { publisher: { answers: 'accepted' } },
  ],
  [
    'accepted, and its commit was refused',
    'held',
    (h) => {
      h.order('o-0')
      h.ok(h.invoke('o-1', true))
    },
    { publisher: { answers: 'accepted' } },
  ],
  [
    'accepted after all faults, and never committed',
    'lost-command',
    (h) => {
      h.order('o-0')
      h.fault('armed').fault('cleared')
      h.ok(h.invoke('o-1'))
    },
    { publisher: { answers: 'accepted' } },
  ],
  [
    'the amount is not where the plan says',
    'unknown',
    (h) => void h.order('o-0'),
    {
      publisher: {
        state: { table: 'orders', id: 'id', amount: 'price' },
        outbox: { table: 'none', id: 'id', aggregateId: 'a' },
      },
    },
  ],
])
