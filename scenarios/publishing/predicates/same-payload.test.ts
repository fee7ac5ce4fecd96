import type { HistoryBuilder } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

function publishedAs(value: (payload: string) => string | null, headers?: Record<string, string>) {
  return (h: HistoryBuilder) => {
    const order = h.invoke('o-1')
    h.commitOrder(order)
    h.publish(order, { value: value(order.payload), headers: headers ?? { eventId: order.id } })
  }
}

/** A `bytea` as Postgres sends it. */
const asBytes = (text: string) => `\\x${Buffer.from(text).toString('hex')}`

const typed = {
  publisher: {
    eventTypeHeader: 'eventType',
    outbox: {
      table: 'outbox',
      id: 'id',
      aggregateId: 'aggregate_id',
      payload: 'payload',
      eventType: 'type',
      traceparent: 'trace',
    },
  },
}

/** One order an entry: the type that its row has, and the one that its record says. */
function typedOrders(h: HistoryBuilder, ...types: readonly (readonly [string, string])[]): void {
  for (const [type, eventType] of types) {
    const order = h.invoke('o-1')
    h.commit([h.stateRow(order), h.outboxRow(order, { type, trace: null })], order.xid)
    h.publish(order, { headers: { eventId: order.id, eventType } })
  }
}

const inValues = { publisher: { outbox: typed.publisher.outbox } }

/** The same with the type in an envelope around the payload. */
function envelopes(h: HistoryBuilder, ...types: readonly (readonly [string, string])[]): void {
  for (const [type, said] of types) {
    const order = h.invoke('o-1')
    h.commit([h.stateRow(order), h.outboxRow(order, { type, trace: null })], order.xid)
    h.publish(order, { value: JSON.stringify({ meta: { type: said }, data: JSON.parse(order.payload) }) })
  }
}

const CHANGES = Array.from({ length: 6 }, () => ['OrderChanged', 'OrderChanged'] as const)

table('OA4', [
  ['the same text', 'held', publishedAs((payload) => payload)],
  ['another spelling of the same JSON', 'held', publishedAs(() => '{"amount":1001.0, "key":"o-1"}')],
  ['inside a JSON string', 'held', publishedAs((payload) => JSON.stringify(payload))],
  ['with its schema', 'held', publishedAs((payload) => `{"schema":{},"payload":${payload}}`)],
  [
    'a structured CloudEvent',
    'held',
    publishedAs((payload) => `{"specversion":"1.0","id":"event-1","data":${payload}}`),
  ],
  [
    'further headers and another case',
    'held',
    publishedAs((payload) => payload, { EVENTID: 'event-1', more: 'x' }),
  ],
  ['bytes that are not JSON', 'held', publishedAs(() => 'base64:AAAA')],
  ['Avro behind a schema id, which may look like text', 'held', publishedAs(() => '\0\0\0\0\u0007\u0006o-1')],
  ['text that is not JSON', 'payload-divergence', publishedAs(() => 'o-1 costs 1001')],
  ['another amount', 'payload-divergence', publishedAs(() => '{"key":"o-1","amount":7}')],
  ['a field more', 'payload-divergence', publishedAs(() => '{"key":"o-1","amount":1001,"more":1}')],
  ['nothing at all', 'payload-divergence', publishedAs(() => null)],
  ['no header with its id', 'missing-header', publishedAs((payload) => payload, {})],
  [
    'the state of a later commit',
    'stale-payload',
    (h) => {
      const first = h.invoke('o-1')
      const second = h.invoke('o-1')
      h.commitOrder(first)
      h.commitOrder(second)
      h.publish(first, { value: second.payload })
      h.publish(second)
    },
  ],
  [
    'a null payload that was committed as null',
    'held',
    (h) => {
      const order = h.invoke('o-1')
      h.commit([h.stateRow(order), h.outboxRow(order, { payload: null })], 7)
      h.publish(order, { value: null, valueBytes: -1 })
    },
  ],
  [
    'a column of bytes with the same text',
    'held',
    (h) => {
      const order = h.invoke('o-1')
      h.commit([h.stateRow(order), h.outboxRow(order, { payload: asBytes(order.payload) })], 7)
      h.publish(order)
    },
  ],
  [
    'a column of bytes with another text',
    'payload-divergence',
    (h) => {
      const order = h.invoke('o-1')
      h.commit([h.stateRow(order), h.outboxRow(order, { payload: asBytes('{"key":"o-1","amount":7}') })], 7)
      h.publish(order)
    },
  ],
  [
    'bytes that are no text, published as text',
    'held',
    (h) => {
      const order = h.invoke('o-1')
      h.commit([h.stateRow(order), h.outboxRow(order, { payload: '\\x00000003ff10' })], 7)
      h.publish(order)
    },
  ],
  [
    'no event type although one is promised',
    'missing-header',
    (h) => {
      const order = h.invoke('o-1')
      h.commit([h.stateRow(order), h.outboxRow(order, { type: 'OrderPlaced', trace: null })], 7)
      h.publish(order)
    },
    typed,
  ],
  [
    'types are called by other names, each by one',
    'held',
    (h) => typedOrders(h, ['OrderPlaced', 'order.placed'], ['OrderChanged', 'order.changed']),
    typed,
  ],
  [
    'a type is called by the name of another one',
    'divergent-type',
    (h) => typedOrders(h, ['OrderPlaced', 'order.placed'], ['OrderPlaced', 'order.changed']),
    typed,
  ],
  [
    'a type inside of values is that of the row',
    'held',
    (h) => envelopes(h, ['OrderPlaced', 'OrderPlaced'], ...CHANGES),
    inValues,
  ],
  [
    'a type inside of values is that of another event',
    'divergent-type',
    (h) => envelopes(h, ['OrderPlaced', 'OrderPlaced'], ['OrderChanged', 'OrderPlaced'], ...CHANGES),
    inValues,
  ],
  [
    'a member of the payload that is often called like the type',
    'held',
    (h) => {
      for (const [type, status] of [
        ['OrderPlaced', 'OrderShipped'],
        ['OrderPlaced', 'OrderPlaced'],
        ...CHANGES,
      ]) {
        const order = { ...h.invoke('o-1'), payload: JSON.stringify({ status }) }
        h.commit([h.stateRow(order), h.outboxRow(order, { type: type ?? '', trace: null })], order.xid)
        h.publish(order)
      }
    },
    inValues,
  ],
  [
    'what stands in values is another thing than the type',
    'held',
    (h) =>
      envelopes(
        h,
        ['OrderPlaced', 'OrderPlaced'],
        ['OrderChanged', 'a'],
        ['OrderChanged', 'b'],
        ['OrderChanged', 'c'],
      ),
    inValues,
  ],
  [
    'no traceparent although the row has one',
    'missing-header',
    (h) => {
      const order = h.invoke('o-1')
      h.commit([h.stateRow(order), h.outboxRow(order, { type: 'OrderPlaced', trace: '00-1-2-01' })], 7)
      h.publish(order, { headers: { eventId: order.id, eventtype: 'order-placed' } })
    },
    typed,
  ],
])
