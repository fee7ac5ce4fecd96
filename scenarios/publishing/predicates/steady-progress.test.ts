import type { HistoryBuilder } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

const CDC = { publisher: { relay: 'debezium', slot: 'cdc' } } as const

function delayed(h: HistoryBuilder, milliseconds: number, key = 'o-1') {
  const order = h.invoke(key)
  h.commitOrder(order)
  h.pass(milliseconds).publish(order)
}

function poisoned(h: HistoryBuilder) {
  const poison = h.invoke('o-9')
  h.commitOrder(poison)
  h.add({ kind: 'fact', name: 'undeliverable', subject: 'o-9', value: true })
  return poison
}

/** So many orders at once, and a record each so many milliseconds. */
function outrun(h: HistoryBuilder, count: number, milliseconds: number) {
  const orders = Array.from({ length: count }, (_, n) => h.invoke(`q-${n}`))
  for (const order of orders) h.commitOrder(order)
  for (const order of orders) h.pass(milliseconds).publish(order)
}

table('OA8', [
  ['published at once', 'held', (h) => void h.order('o-0')],
  ['published within the bound', 'held', (h) => delayed(h, 900)],
  ['published after the bound', 'stalled-relay', (h) => delayed(h, 1100)],
  [
    'not published within the bound',
    'stalled-relay',
    (h) => {
      h.commitOrder(h.invoke('o-1'))
      h.pass(1100)
    },
  ],
  ['not published yet', 'unknown', (h) => void h.commitOrder(h.invoke('o-1'))],
  [
    'late while a fault was in force',
    'held',
    (h) => {
      const order = h.invoke('o-1')
      h.commitOrder(order)
      h.fault('armed').pass(5000).fault('cleared').pass(900).publish(order)
    },
  ],
  [
    'late after the fault',
    'stalled-relay',
    (h) => {
      const order = h.invoke('o-1')
      h.commitOrder(order)
      h.fault('armed').pass(5000).fault('cleared').pass(1100).publish(order)
    },
  ],
  [
    'marked and absent is lost, not late',
    'held',
    (h) => {
      const order = h.invoke('o-1')
      h.commitOrder(order)
      h.mark(order)
      h.pass(5000)
    },
  ],
  [
    'others pass what cannot be published',
    'held',
    (h) => {
      poisoned(h)
      delayed(h, 400)
      h.pass(5000)
    },
  ],
  [
    'others wait behind what cannot be published',
    'poisoned-relay',
    (h) => {
      poisoned(h)
      delayed(h, 600)
    },
  ],
  [
    'others never pass what cannot be published',
    'poisoned-relay',
    (h) => {
      poisoned(h)
      h.commitOrder(h.invoke('o-1'))
      h.pass(700)
    },
  ],
  [
    'others wait no longer than they do anyway',
    'held',
    (h) => {
      delayed(h, 400)
      poisoned(h)
      delayed(h, 700)
    },
  ],
  [
    'others wait longer than they do anyway',
    'poisoned-relay',
    (h) => {
      delayed(h, 400)
      poisoned(h)
      delayed(h, 900)
    },
  ],
  [
    'others wait for those before them, which go out as fast as before',
    'held',
    (h) => {
      outrun(h, 30, 30)
      poisoned(h)
      outrun(h, 60, 40)
    },
  ],
  [
    'others wait for those before them, which go out slower',
    'poisoned-relay',
    (h) => {
      outrun(h, 30, 30)
      poisoned(h)
      outrun(h, 60, 150)
    },
  ],
  [
    'as many later ones go out first',
    'poisoned-relay',
    (h) => {
      outrun(h, 30, 30)
      poisoned(h)
      const orders = Array.from({ length: 60 }, (_, n) => h.invoke(`q-${n}`))
      for (const order of orders) h.commitOrder(order)
      const [held, ...others] = [...orders.splice(30, 1), ...orders]
      for (const order of others) h.pass(30).publish(order)
      if (held) h.publish(held)
    },
  ],
  [
    'it pauses behind what cannot be published',
    'poisoned-relay',
    (h) => {
      outrun(h, 30, 30)
      poisoned(h)
      const orders = Array.from({ length: 60 }, (_, n) => h.invoke(`q-${n}`))
      for (const order of orders) h.commitOrder(order)
      for (const order of orders.slice(0, 50)) h.pass(30).publish(order)
      h.pass(1500)
      for (const order of orders.slice(50)) h.pass(30).publish(order)
    },
  ],
  [
    'later ones go out first',
    'poisoned-relay',
    (h) => {
      outrun(h, 30, 30)
      poisoned(h)
      const held = h.invoke('o-1')
      h.commitOrder(held)
      outrun(h, 60, 40)
      h.publish(held)
    },
  ],
  [
    'parked before the others came',
    'held',
    (h) => {
      h.mark(poisoned(h), { parked: 't' })
      delayed(h, 600)
    },
  ],
  [
    'its own aggregate waits behind what cannot be published',
    'held',
    (h) => {
      poisoned(h)
      h.commitOrder(h.invoke('o-9'))
      h.pass(5000)
    },
  ],
  [
    'the slot holds WAL back while all is through',
    'wal-retention',
    (h) => {
      h.order('o-0')
      h.slot(50, { currentLsn: 100 }).pass(2000).slot(50, { currentLsn: 3_000_000 })
    },
    CDC,
  ],
  [
    'the slot holds WAL back while it rests between two orders',
    'wal-retention',
    (h) => {
      h.order('o-0')
      h.slot(50, { currentLsn: 100 }).pass(2000).slot(50, { currentLsn: 3_000_000 })
      h.order('o-0')
    },
    CDC,
  ],
  [
    'the slot stands still while an order is on its way',
    'held',
    (h) => {
      const order = h.slot(50, { currentLsn: 100 }).invoke('o-0')
      h.commitOrder(order)
      h.fault('armed').pass(2000).slot(50, { currentLsn: 3_000_000 }).fault('cleared').publish(order)
      h.slot(2_999_000, { currentLsn: 3_000_000 })
    },
    CDC,
  ],
  [
    'orders come all the time, and the slot lags',
    'held',
    (h) => {
      for (let n = 0; n < 4; n++) {
        h.slot(50, { currentLsn: 1_000_000 * n }).pass(600)
        h.order('o-0')
      }
    },
    CDC,
  ],
  [
    'the slot moves on',
    'held',
    (h) => {
      h.order('o-0')
      h.slot(50, { currentLsn: 100 }).pass(2000).slot(2_999_000, { currentLsn: 3_000_000 })
    },
    CDC,
  ],
  [
    'the slot stands still and gives no further sample, while WAL is written',
    'wal-retention',
    (h) => {
      h.order('o-0')
      h.slot(50, { currentLsn: 100 }).pass(2000).add({ kind: 'pg.flushed', lsn: 3_000_000 })
      h.add({ kind: 'scenario.end', completed: true })
    },
    CDC,
  ],
  [
    'a poison row that was put in as a fault holds nobody up',
    'held',
    (h) => {
      h.fault('armed', 'poison', 'o-9').fault('tookEffect', 'poison', 'o-9')
      h.commitOrder(h.invoke('o-9'))
      delayed(h, 400)
    },
    { faults: ['poison'], marked: ['o-9'] },
  ],
  [
    'a poison row that was put in as a fault blocks others',
    'poisoned-relay',
    (h) => {
      h.fault('armed', 'poison', 'o-9').fault('tookEffect', 'poison', 'o-9')
      h.commitOrder(h.invoke('o-9'))
      delayed(h, 600)
    },
    { faults: ['poison'], marked: ['o-9'] },
  ],
])
