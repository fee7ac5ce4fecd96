import { describe } from 'node:test'
import type { HistoryBuilder } from '../publishing/fixture/builder.ts'
import { table } from '../publishing/fixture/judged.ts'
import type { SaidOfId } from './schema-facts.ts'

const AVRO = {
  format: 'AVRO',
  text: JSON.stringify({ type: 'record', name: 'shop.Order', fields: [{ name: 'amount', type: 'long' }] }),
} as const
const PROTOBUF = {
  format: 'PROTOBUF',
  text: 'syntax = "proto3"; message Order { int64 amount = 1; }',
} as const
const TWO_MESSAGES = {
  format: 'PROTOBUF',
  text: 'syntax = "proto3"; package shop; message Cancelled { string id = 1; } message Order { int64 amount = 1; }',
} as const
const JSON_SCHEMA = {
  format: 'JSON',
  text: JSON.stringify({ title: 'Order', properties: { amount: { $ref: 'amount.json' } } }),
  references: [{ name: 'amount.json', text: '{"type":"integer"}' }],
} as const
const REGISTRY = { publisher: { registry: {} } } as const

const value = (...bytes: readonly number[]) => `base64:${Buffer.from(bytes).toString('base64')}`
const ORDER = value(0, 0, 0, 0, 7, 0x80, 0x01)

const inJson = (text: string) => value(0, 0, 0, 0, 7, ...Buffer.from(text))

const record = (h: HistoryBuilder, bytes = ORDER) => void h.publish(h.invoke('o-0'), { value: bytes })
function said(h: HistoryBuilder, change: Partial<SaidOfId> = {}): void {
  const value = { id: 7, tries: 1, schema: AVRO, subjects: ['order-events-value'], ...change }
  h.add({ kind: 'fact', name: 'schema.id', subject: '7', value })
}

function unknownTo(h: HistoryBuilder): void {
  h.add({ kind: 'fact', name: 'schema.id', subject: '7', value: { id: 7, tries: 1, subjects: [] } })
}

describe('of a publisher that writes through a registry', () => {
  table('SR1', [
    ['nothing was published', 'held', () => {}, REGISTRY],
    ['Avro', 'held', (h) => [record(h), said(h)], REGISTRY],
    ['one that is not declared to', 'held', (h) => record(h, '{}')],
    ['JSON past the registry', 'no-schema-id', (h) => record(h, '{"amount":64}'), REGISTRY],
    [
      'a wrong magic byte',
      'no-schema-id',
      (h) => [record(h, value(1, 0, 0, 0, 7, 128, 1)), said(h)],
      REGISTRY,
    ],
    [
      'an id that nobody knows',
      'unknown-schema-id',
      (h) => [record(h), unknownTo(h), unknownTo(h)],
      REGISTRY,
    ],
    [
      'registered after the append',
      'registered-after-append',
      (h) => [record(h), unknownTo(h), said(h)],
      REGISTRY,
    ],
    [
      'of another topic',
      'foreign-schema',
      (h) => [record(h), said(h, { subjects: ['audit-value'] })],
      REGISTRY,
    ],
    [
      'of the topic and another one',
      'held',
      (h) => [record(h), said(h, { subjects: ['audit-value', 'order-events-value'] })],
      REGISTRY,
    ],
    [
      'a subject that its record names',
      'held',
      (h) => [record(h), said(h, { subjects: ['shop.Order'] })],
      { publisher: { registry: { strategy: 'record' } } },
    ],
    [
      'a payload that is cut off',
      'payload-not-by-schema',
      (h) => [record(h, value(0, 0, 0, 0, 7, 0x80)), said(h)],
      REGISTRY,
    ],
    ['nobody asked', 'unknown', (h) => record(h), REGISTRY],
    [
      'the registry was out of reach at first',
      'unknown',
      (h) => [record(h), said(h, { tries: 2 })],
      REGISTRY,
    ],
    [
      'Protobuf, with the place of its message',
      'held',
      (h) => [record(h, value(0, 0, 0, 0, 7, 0, 8, 0x80, 1)), said(h, { schema: PROTOBUF })],
      REGISTRY,
    ],
    [
      'Protobuf without the place of its message',
      'wrong-message',
      (h) => [record(h, value(0, 0, 0, 0, 7, 8, 0x80, 1)), said(h, { schema: PROTOBUF })],
      REGISTRY,
    ],
    [
      'Protobuf, its second message',
      'held',
      (h) => [record(h, value(0, 0, 0, 0, 7, 2, 2, 8, 0x80, 1)), said(h, { schema: TWO_MESSAGES })],
      REGISTRY,
    ],
    [
      'Protobuf, its second message by the place of the first',
      'wrong-message',
      (h) => [record(h, value(0, 0, 0, 0, 7, 0, 8, 0x80, 1)), said(h, { schema: TWO_MESSAGES })],
      REGISTRY,
    ],
    [
      'Protobuf, the subject of its second message',
      'held',
      (h) => [
        record(h, value(0, 0, 0, 0, 7, 2, 2, 8, 0x80, 1)),
        said(h, { schema: TWO_MESSAGES, subjects: ['order-events-shop.Order'] }),
      ],
      { publisher: { registry: { strategy: 'topic-record' } } },
    ],
    [
      'Protobuf, the subject of another message of its file',
      'foreign-schema',
      (h) => [
        record(h, value(0, 0, 0, 0, 7, 2, 2, 8, 0x80, 1)),
        said(h, { schema: TWO_MESSAGES, subjects: ['order-events-shop.Cancelled'] }),
      ],
      { publisher: { registry: { strategy: 'topic-record' } } },
    ],
    [
      'JSON by a schema that refers to another',
      'held',
      (h) => [record(h, inJson('{"amount":64}')), said(h, { schema: JSON_SCHEMA })],
      REGISTRY,
    ],
    [
      'JSON that is not as what its schema refers to',
      'payload-not-by-schema',
      (h) => [record(h, inJson('{"amount":"64"}')), said(h, { schema: JSON_SCHEMA })],
      REGISTRY,
    ],
    [
      'a schema that refers to what nobody has',
      'unknown',
      (h) => [record(h, inJson('{"amount":64}')), said(h, { schema: { ...JSON_SCHEMA, references: [] } })],
      REGISTRY,
    ],
  ])
})
