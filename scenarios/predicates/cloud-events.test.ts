import { describe } from 'node:test'
import { table as consumed } from '../consuming/fixture/judged.ts'
import { envelope } from '../fixture/written-history.ts'
import type { HistoryBuilder, Order } from '../publishing/fixture/builder.ts'
import { table as published } from '../publishing/fixture/judged.ts'

const STRUCTURED = { 'content-type': 'application/cloudevents+json' }

function structured({ id, key, amount }: Order, change: object = {}) {
  const event = { specversion: '1.0', id, source: '/tests', type: 'placed', data: { key, amount } }
  return { headers: STRUCTURED, value: JSON.stringify({ ...event, ...change }) }
}

const record = (change: Parameters<HistoryBuilder['publish']>[1]) => (h: HistoryBuilder) =>
  void h.publish(h.order('o-0'), change)

describe('of a publisher', () => {
  published('CE1', [
    ['nothing was published', 'held', () => {}],
    ['binary mode', 'held', (h) => h.orders('o-0', 'o-1')],
    [
      'structured mode, among others in binary mode',
      'held',
      (h) => {
        const order = h.order('o-0')
        h.publish(order, structured(order))
      },
    ],
    ['a tombstone', 'held', record({ value: null, valueBytes: -1, headers: {} })],
    ['an id alone', 'no-cloud-event', record({ headers: { eventId: 'x' } })],
    ['a source is missing', 'attribute-missing', record({ headers: { ...envelope('x'), ce_source: null } })],
    ['a time that is none', 'attribute-wrong', record({ headers: { ...envelope('x'), ce_time: 'now' } })],
    ['a name with a dash', 'attribute-misnamed', record({ headers: { ...envelope('x'), 'ce_x-y': '' } })],
    ['half of a JSON text', 'data-not-as-declared', record({ value: '{"key":' })],
    ['another topic is not asked', 'held', record({ topic: 'audit', offset: 0, headers: {} })],
    [
      'in a transaction that was aborted',
      'held',
      (h) => {
        h.publish(h.invoke('o-1'), { headers: {}, transactional: true, producerId: 7 })
        h.endTransaction(1, 'abort')
      },
    ],
    [
      'several events in a record',
      'no-cloud-event',
      (h) => {
        const { id } = h.invoke('o-0')
        h.publish(h.invoke('o-0'), { value: JSON.stringify({ events: [{ eventId: id, data: {} }] }) })
      },
      { publisher: { events: '$.events' } },
    ],
    [
      'a format that is not read here',
      'unknown',
      record({ headers: { 'content-type': 'application/cloudevents+avro' } }),
    ],
  ])

  published('CE2', [
    ['copies of one event', 'held', (h) => void h.publish(h.order('o-0'))],
    [
      'a copy that is sent at another time',
      'held',
      (h) => {
        const order = h.invoke('o-0')
        for (const time of ['2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z'])
          h.publish(order, { headers: { ...envelope(order.id), ce_time: time } })
      },
    ],
    [
      'two events with the id of their aggregate',
      'shared-source-and-id',
      (h) => {
        for (const order of [h.invoke('o-0'), h.invoke('o-0')]) h.publish(order, { headers: envelope('o-0') })
      },
    ],
    [
      'one id of two sources',
      'held',
      (h) => {
        for (const source of ['/a', '/b']) h.publish(h.invoke('o-0'), { headers: envelope('1', source) })
      },
    ],
    [
      'one outbox row as two events',
      'shared-source-and-id',
      (h) => {
        const order = h.invoke('o-0')
        for (const type of ['placed', 'paid'])
          h.publish(order, { headers: { ...envelope(order.id), ce_type: type } })
      },
    ],
    [
      'two structured events',
      'shared-source-and-id',
      (h) => {
        for (const order of [h.invoke('o-0'), h.invoke('o-0')])
          h.publish(order, structured(order, { id: '7' }))
      },
    ],
  ])
})

describe('of a consumer', () => {
  const FUTILE = { expect: 'dead-letter', failures: -1, retriable: false } as const
  consumed('CE1', [
    ['events are handled', 'held', (h) => h.handleAll('o-1', 'o-2')],
    ['a retry and a dead letter carry the envelope', 'held', (h) => h.fail(h.put('o-1', FUTILE))],
    [
      'a dead letter lost it',
      'no-cloud-event',
      (h) => {
        const event = h.put('o-1', FUTILE)
        h.divert(event, 'dead-letter', { headers: { eventId: event.id } })
      },
    ],
    [
      'a dead letter in another encoding',
      'data-not-as-declared',
      (h) => {
        h.divert(h.put('o-1', FUTILE), 'dead-letter', { value: 'amount=1' })
      },
    ],
    [
      'an event that we cut off, and its dead letter',
      'held',
      (h) => {
        const cut = h.put('o-1', { ...FUTILE, failures: 0 }, { value: '{"key":' })
        h.divert(cut, 'dead-letter')
      },
    ],
    [
      'a redrive that loses it',
      'attribute-missing',
      (h) => {
        const event = h.put('o-1', FUTILE)
        h.refuse(event)
        h.record('orders', event, { headers: { eventId: event.id, ce_id: event.id } })
      },
    ],
    [
      'what is put aside',
      'no-cloud-event',
      (h) => {
        const event = h.put('o-1', FUTILE)
        h.record('orders-parking-lot', event, { headers: { eventId: event.id } })
      },
    ],
    [
      'the config declares events that are none',
      'no-cloud-event',
      (h) => {
        h.put('o-1')
        const at = h.events.findIndex(({ kind }) => kind === 'k.record')
        const record = h.events[at]
        if (record?.kind === 'k.record') h.events[at] = { ...record, headers: { eventId: 'event-1' } }
      },
    ],
  ])
  const OUTPUTS = {
    topic: 'shipped',
    eventId: { header: 'eventId' },
    cause: { header: 'causationId' },
  } as const
  consumed('CE1', [
    ['outputs are asked, too', 'held', (h) => void h.handle('o-1'), { consumer: { outputs: OUTPUTS } }],
    [
      'an output has none',
      'no-cloud-event',
      (h) => void h.output(h.put('o-1'), { headers: { causationId: 'event-1' } }),
      { consumer: { outputs: OUTPUTS } },
    ],
  ])
  consumed('CE2', [
    [
      'every output has the id of its cause’s key',
      'shared-source-and-id',
      (h) => {
        for (const event of [h.put('o-1'), h.put('o-1')]) h.output(event, { headers: envelope(event.key) })
      },
      { consumer: { outputs: OUTPUTS } },
    ],
    [
      'what we delivered under one id on purpose',
      'held',
      (h) => {
        const event = h.put('o-1')
        h.put('o-1', {}, { id: event.id })
      },
    ],
  ])
})
