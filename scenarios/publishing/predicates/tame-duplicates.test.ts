import type { EventOf } from '../../../proof/history/event.ts'
import type { HistoryBuilder } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

/** A second copy, after a fault that explains it. */
function copied(change: Partial<EventOf<'k.record'>>) {
  return (h: HistoryBuilder) => {
    const order = h.invoke('o-1')
    h.commitOrder(order)
    h.publish(order)
    h.fault('armed').fault('tookEffect').fault('cleared').publish(order, change)
  }
}

/** The same of a publisher that writes Avro. */
function bytes(first: string, second: string) {
  return (h: HistoryBuilder) => {
    const order = h.invoke('o-1')
    h.commitOrder(order)
    h.publish(order, { value: first })
    h.fault('armed').fault('tookEffect').fault('cleared').publish(order, { value: second })
  }
}

table('OA6', [
  ['no copies', 'held', (h) => h.orders('o-0', 'o-1')],
  ['a copy after a fault', 'held', copied({})],
  ['a copy with its JSON spelled otherwise', 'held', copied({ value: '{"amount":1001, "key":"o-1"}' })],
  ['a copy with another id', 'unstable-id', copied({ headers: { eventId: 'new' } })],
  ['a copy with another value', 'divergent-duplicate', copied({ value: '{"amount":7}' })],
  ['a copy of bytes that can not be read', 'held', bytes('base64:AAAAAAE=', 'base64:AAAAAAE=')],
  ['a copy with other bytes', 'divergent-duplicate', bytes('base64:AAAAAAE=', 'base64:AAAAAAI=')],
  ['a copy with another key', 'divergent-duplicate', copied({ key: 'o-3' })],
  ['a copy in another partition', 'divergent-duplicate', copied({ partition: 0 })],
  [
    'a copy in another partition, where no order is declared',
    'held',
    copied({ partition: 0 }),
    { publisher: { order: 'none' } },
  ],
  [
    'a copy without a key in another partition',
    'held',
    (h) => {
      const order = h.invoke('o-1')
      h.commitOrder(order)
      h.publish(order, { key: null })
      h.fault('armed').fault('tookEffect').fault('cleared').publish(order, { key: null, partition: 0 })
    },
  ],
  [
    'a copy after a fault that was over before the commit was seen',
    'held',
    (h) => {
      const order = h.invoke('o-1')
      h.publish(order)
      h.fault('armed').fault('tookEffect').fault('cleared')
      h.commitOrder(order)
      h.publish(order)
    },
  ],
  [
    'two copies for one fault',
    'duplicate-storm',
    (h) => {
      const order = h.order('o-1')
      h.fault('armed').fault('tookEffect').fault('cleared').publish(order)
      h.publish(order)
    },
  ],
  ['a copy without any fault', 'duplicate-storm', (h) => void h.publish(h.order('o-1'))],
  [
    'a copy after a restart',
    'held',
    (h) => {
      h.add({ kind: 'proc', service: 'relay', instance: 0, id: 'process 1', event: 'started' })
      const order = h.order('o-1')
      h.add({ kind: 'proc', service: 'relay', instance: 0, id: 'process 2', event: 'started' })
      h.publish(order)
    },
  ],
  ['a copy, declared never', 'duplicate', (h) => void copied({})(h), { publisher: { duplicates: 'never' } }],
  [
    'an aborted attempt and its repeat',
    'held',
    (h) => {
      const order = h.invoke('o-1')
      h.commitOrder(order)
      h.publish(order, { transactional: true, producerId: 7 })
      h.endTransaction(1, 'abort').publish(order, { transactional: true, producerId: 7 })
      h.endTransaction(1, 'commit')
    },
    { publisher: { duplicates: 'never' } },
  ],
  [
    'one id for two rows',
    'reused-id',
    (h) => {
      const a = h.invoke('o-1')
      const b = h.invoke('o-1')
      h.commitOrder(a)
      h.commitOrder({ ...b, id: a.id })
    },
  ],
  [
    'the aggregate as the id of its events',
    'reused-id',
    (h) => {
      for (const order of [h.invoke('o-1'), h.invoke('o-1')]) {
        h.commitOrder(order)
        h.publish(order, { headers: { eventId: 'o-1' } })
      }
    },
  ],
  [
    'a row that was deleted and put back',
    'held',
    (h) => {
      const order = h.order('o-1')
      h.remove(order)
      h.commit([h.outboxRow(order)], 7)
    },
  ],
])
