import type { EventOf } from '../../../proof/history/event.ts'
import { table } from '../fixture/judged.ts'

table('IC1', [
  ['everything takes effect', 'held', (h) => h.handleAll('o-0', 'o-1', 'o-0')],
  [
    'its effects are dropped with their table',
    'lost-effect',
    (h) => {
      h.handleAll('o-0', 'o-1')
      h.add({ kind: 'fact', name: 'table.made', subject: h.plan.consumer.effects.table, value: 'anew' })
    },
  ],
  [
    'its tables are made when it starts',
    'held',
    (h) => {
      h.add({ kind: 'fact', name: 'table.made', subject: h.plan.consumer.effects.table, value: 'first' })
      h.handleAll('o-0', 'o-1')
    },
  ],
  [
    'its tables are made anew before anything was done',
    'held',
    (h) => {
      h.add({ kind: 'fact', name: 'table.made', subject: h.plan.consumer.effects.table, value: 'anew' })
      h.handleAll('o-0', 'o-1')
    },
  ],
  ['a copy is recognised', 'held', (h) => void h.commit(h.copy(h.handle('o-1')))],
  [
    'a copy is applied again',
    'duplicate-effect',
    (h) => {
      const event = h.handle('o-1')
      h.copy(event)
      h.apply(event, 900)
    },
  ],
  [
    'the same transaction, shown twice by the counterexample',
    'held',
    (h) => {
      const event = h.put('o-1')
      const tx: EventOf<'pg.tx'> = h.apply(event)
      h.add(tx)
      h.commit(event)
    },
  ],
  [
    'an upsert that sets the same once more',
    'held',
    (h) => {
      const event = h.handle('o-1')
      h.commitRows([{ ...h.effectRow(event, { status: 'again' }), op: 'update' }], 900)
    },
  ],
  [
    'an upsert that adds the amount once more',
    'duplicate-effect',
    (h) => {
      const event = h.handle('o-1')
      h.commitRows([{ ...h.effectRow(event, { amount: String(2 * event.amount) }), op: 'update' }], 900)
    },
  ],
  [
    'two rows an event, always',
    'held',
    (h) => {
      for (const key of ['o-0', 'o-1']) {
        const event = h.put(key)
        h.commitRows([h.effectRow(event), h.effectRow(event), h.dedupeRow(event)], event.xid)
        h.commit(event)
      }
    },
  ],
  [
    'two rows in one transaction for two copies',
    'duplicate-effect',
    (h) => {
      h.handle('o-0')
      const event = h.put('o-1')
      const copy = h.copy(event)
      h.commitRows([h.effectRow(event), h.effectRow(event), h.dedupeRow(event)], event.xid)
      h.commit(copy)
    },
  ],
  [
    'taken back and applied again',
    'held',
    (h) => {
      const event = h.handle('o-1')
      h.commitRows([{ table: 'shipments', op: 'delete', before: { event_id: event.id } }], 900)
      h.apply(event, 901)
    },
  ],
  [
    'a copy that comes after the declared time is applied again',
    'held',
    (h) => {
      const event = h.handle('o-1')
      h.pass(5000)
      h.copy(event)
      h.apply(event, 900)
    },
    { consumer: { dedupeWithin: 1000 } },
  ],
  ['committed past, and without effect', 'lost-effect', (h) => void h.commit(h.put('o-1'))],
  [
    'committed past, and the counterexample has not looked since',
    'unknown',
    (h) => {
      const event = h.put('o-1')
      h.end()
      h.commit(event)
    },
  ],
  [
    'the group went back to before it',
    'unknown',
    (h) => {
      const event = h.put('o-1')
      h.commit(event).commit({ partition: event.partition, offset: -1 })
    },
  ],
  [
    'one of two copies is still to come',
    'unknown',
    (h) => {
      const event = h.put('o-1')
      h.commit(event)
      h.copy(event)
    },
  ],
  [
    'committed past, on a retry topic, not read there yet',
    'unknown',
    (h) => {
      const event = h.put('o-1')
      h.divert(event, 0)
      h.commit(event)
    },
  ],
  [
    'committed past on the retry topic too',
    'lost-effect',
    (h) => {
      const event = h.put('o-1')
      const retry = h.divert(event, 0)
      h.commit(event).commit(retry, 'orders-retry-0')
    },
  ],
  [
    'a dead letter counts as handled',
    'held',
    (h) => {
      const event = h.put('o-1', { expect: 'dead-letter', failures: -1 })
      h.fail(event)
    },
  ],
  [
    'not committed past, and its bound is over',
    'stalled-consumer',
    (h) => {
      h.handle('o-1')
      h.put('o-1')
      h.pass(2000)
    },
  ],
  [
    'a fault is in force: nothing can be said',
    'unknown',
    (h) => {
      h.fault('armed')
      h.put('o-1')
      h.pass(2000)
    },
  ],
  [
    'applied, and the group never commits',
    'stalled-consumer',
    (h) => {
      h.apply(h.put('o-1'))
      h.pass(2000)
    },
  ],
  [
    'offsets are kept elsewhere',
    'held',
    (h) => {
      h.apply(h.put('o-1'))
      h.pass(2000)
    },
    { consumer: { progress: 'own' } },
  ],
  [
    'offsets are kept elsewhere, and a later event of its key took effect',
    'lost-effect',
    (h) => {
      h.put('o-1')
      h.apply(h.put('o-1'))
      h.pass(2000)
    },
    { consumer: { progress: 'own' } },
  ],
  [
    'the Kafka transaction was aborted',
    'held',
    (h) => {
      h.handle('o-0')
      const event = {
        id: 'x',
        key: 'o-1',
        amount: 1,
        version: 1,
        value: '{}',
        partition: 1,
        offset: 0,
        xid: 1,
      }
      const record = h.record('orders', event, { transactional: true, producerId: 7 })
      const { topic, partition } = record
      h.record('orders', event)
      h.events.pop()
      h.add({ kind: 'k.control', topic, partition, offset: 1, producerId: 7, outcome: 'abort' })
    },
  ],
  [
    'the Kafka transaction was aborted, and its event applied',
    'aborted-read',
    (h) => {
      const event = {
        id: 'x',
        key: 'o-1',
        amount: 1,
        version: 1,
        value: '{}',
        partition: 1,
        offset: 0,
        xid: 1,
      }
      const { topic, partition } = h.record('orders', event, { transactional: true, producerId: 7 })
      h.record('orders', event)
      h.events.pop()
      h.add({ kind: 'k.control', topic, partition, offset: 1, producerId: 7, outcome: 'abort' })
      h.apply(event)
    },
  ],
])
