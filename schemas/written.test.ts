import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import protobuf from 'protobufjs'
import { placed, withPlace } from './message-place.ts'
import { readSchema } from './read-schema.ts'
import { type SchemaText, WrongMessage } from './schema.ts'

const MONEY = {
  name: 'shop/money.proto',
  text: 'syntax = "proto3"; package shop; message Money { int64 units = 1; }',
}
const FILE: SchemaText = {
  format: 'PROTOBUF',
  references: [MONEY],
  text: `syntax = "proto3";
    package shop;
    import "shop/money.proto";
    import "google/protobuf/timestamp.proto";
    message Cancelled { string id = 1; }
    message Orders {
      enum Kind { ANY = 0; }
      message Other { int32 n = 9; }
      message Placed { string id = 1; Money total = 2; google.protobuf.Timestamp at = 3; }
    }`,
}

const bytes = (id: string, units?: number): Uint8Array => {
  const writer = protobuf.Writer.create().uint32(10).string(id)
  return (units === undefined ? writer : writer.uint32(18).fork().uint32(8).int64(units).ldelim()).finish()
}

test('a message is the one at its place, in a file that refers to others', () => {
  const schema = readSchema(FILE)
  assert.equal(schema.name, 'shop.Cancelled')
  assert.deepEqual(schema.written(withPlace({ place: [0], message: bytes('o-1') })).name, 'shop.Cancelled')
  const placedOrder = schema.written(withPlace({ place: [1, 1], message: bytes('o-1', 5) }))
  assert.deepEqual(
    [placedOrder.name, placedOrder.event],
    ['shop.Orders.Placed', { id: 'o-1', total: { units: '5' } }],
  )
})

for (const [says, payload, words] of [
  ['no place', bytes('o-1', 5), /does not begin with the place|there is none/],
  ['nothing at all', new Uint8Array(), /does not begin/],
  ['a place where there is no message', withPlace({ place: [7], message: bytes('o-1') }), /names message 7/],
  [
    'a place within a message that has none there',
    withPlace({ place: [0, 0], message: bytes('o-1') }),
    /0\.0/,
  ],
  [
    'another message than it is',
    withPlace({ place: [0], message: bytes('o-1', 5) }),
    /names message 0, shop\.Cancelled, and is written as shop\.Orders\.Placed/,
  ],
] as const)
  test(`${says} is told as that`, () => {
    assert.throws(
      () => readSchema(FILE).written(payload),
      (error) => error instanceof WrongMessage && words.test(error.message),
    )
  })

test('fields that no message of the file has may have come with what is passed on', () => {
  const more = protobuf.Writer.create().uint32(10).string('o-1').uint32(800).int32(1).finish()
  assert.equal(readSchema(FILE).written(withPlace({ place: [0], message: more })).name, 'shop.Cancelled')
})

test('a message that is cut off is none', () => {
  const cut = withPlace({ place: [0], message: bytes('o-1').subarray(0, -1) })
  assert.throws(
    () => readSchema(FILE).written(cut),
    (error) => !(error instanceof WrongMessage),
  )
})

test('a place is read as it is written', () => {
  const place = fc.array(fc.nat({ max: 300 }), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(place, fc.uint8Array(), (place, message) => {
      const read = placed(withPlace({ place, message }))
      assert.deepEqual(read?.place.map(Number), place)
      assert.deepEqual([...(read?.message ?? [])], [...message])
    }),
  )
})

test('whatever the bytes are, it is a place or none', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 12 }), (any) => void placed(any)))
})

for (const [format, text, event] of [
  [
    'AVRO',
    '{"type":"record","name":"O","fields":[{"name":"n","type":"long"},{"name":"x","type":["null","string"],"default":null}]}',
    { n: 5, x: 'y' },
  ],
  ['PROTOBUF', 'syntax = "proto3"; message O { int32 n = 1; string x = 2; }', { n: 5, x: 'y' }],
  ['JSON', '{"title":"O","properties":{"n":{"type":"integer"}}}', { n: 5, x: 'y' }],
] as const)
  test(`an event is written as ${format} is read, and not where it is another one`, () => {
    const schema = readSchema({ format, text })
    const { name, event: read } = schema.written(schema.payload(event))
    assert.equal(name, 'O')
    assert.equal(Number((read as { n: unknown }).n), 5)
    assert.throws(() => schema.payload(format === 'PROTOBUF' ? { m: 5 } : { n: 'five' }))
  })

test('Avro knows types of other subjects by their names', () => {
  const money = { type: 'record', name: 'shop.Money', fields: [{ name: 'units', type: 'long' }] }
  const schema = readSchema({
    format: 'AVRO',
    text: JSON.stringify({
      type: 'record',
      name: 'shop.Order',
      fields: [{ name: 'total', type: 'shop.Money' }],
    }),
    references: [{ name: 'shop.Money', text: JSON.stringify(money) }],
  })
  assert.deepEqual(JSON.parse(JSON.stringify(schema.written(Buffer.from([10])))), {
    name: 'shop.Order',
    event: { total: { units: 5 } },
  })
})

for (const $id of [undefined, 'https://example.org/schemas/order.json'])
  test(`JSON Schema finds what a $ref names, ${$id ? 'beside its own id' : 'by the name alone'}`, () => {
    const schema = readSchema({
      format: 'JSON',
      text: JSON.stringify({
        ...($id && { $id }),
        title: 'Order',
        properties: { total: { $ref: 'money.json' } },
      }),
      references: [{ name: 'money.json', text: JSON.stringify({ type: 'integer' }) }],
    })
    assert.equal(schema.written(Buffer.from('{"total":5}')).name, 'Order')
    assert.throws(() => schema.written(Buffer.from('{"total":"5"}')), /total must be integer/)
  })
