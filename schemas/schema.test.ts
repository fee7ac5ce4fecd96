import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readSchema } from './read-schema.ts'
import type { FormatName, Rule } from './schema.ts'
import { NoSchema } from './schema.ts'

const avro = (...fields: object[]) => JSON.stringify({ type: 'record', name: 'shop.Order', fields })
const id = { name: 'id', type: 'string' }
const amount = { name: 'amount', type: 'long' }
const json = (properties: object, required: string[], more: object = {}) =>
  JSON.stringify({ type: 'object', title: 'Order', properties, required, ...more })
const proto = (body: string, syntax = 'proto3') =>
  `syntax = "${syntax}";\npackage shop;\nmessage Order {\n${body}\n}\n`

const TEXTS: Readonly<Record<FormatName, string>> = {
  AVRO: avro(id, amount, { name: 'note', type: ['null', 'string'], default: null }),
  PROTOBUF: proto('  string id = 1;\n  int64 amount = 2;\n  repeated string notes = 3;'),
  JSON: json({ id: { type: 'string' }, amount: { type: 'integer' } }, ['id'], {
    additionalProperties: false,
  }),
}

/** Who can not read what after each change: the newer reader the old events, the old reader the newer ones. */
const BROKEN: Readonly<Record<FormatName, Partial<Readonly<Record<Rule, string>>>>> = {
  AVRO: {
    'added-without-default': 'backward',
    allowed: '',
    removed: 'forward',
    'type-changed': 'backward forward',
    renamed: 'backward forward',
  },
  PROTOBUF: {
    allowed: '',
    removed: '',
    'type-changed': 'backward forward',
    renamed: 'backward forward',
    'tag-reused': 'backward forward',
  },
  JSON: {
    'added-without-default': 'backward forward',
    allowed: 'forward',
    removed: 'backward forward',
    'type-changed': 'backward forward',
    renamed: 'backward forward',
  },
}

for (const [format, text] of Object.entries(TEXTS) as [FormatName, string][]) {
  describe(`a schema of ${format}`, () => {
    const schema = readSchema({ format, text })

    test('reads what it writes', () => {
      assert.equal(schema.misreads(schema), undefined)
      assert.equal(schema.name, format === 'JSON' ? 'Order' : 'shop.Order')
      assert.throws(() => schema.decode(new Uint8Array([0xff])))
    })

    test('is changed by each rule, and it is seen who can not read what any more', () => {
      const seen = schema.changes().map(({ rule, text }) => {
        const changed = readSchema({ format, text })
        const broken = [
          changed.misreads(schema) === undefined ? '' : 'backward',
          schema.misreads(changed) === undefined ? '' : 'forward',
        ]
        return [rule, broken.filter(Boolean).join(' ')]
      })
      assert.deepEqual(Object.fromEntries(seen), BROKEN[format])
    })

    test('is told from a text that is none', () => {
      assert.throws(() => readSchema({ format, text: '{ nothing' }), NoSchema)
    })
  })
}

test('Protobuf of the old syntax has required fields', () => {
  const schema = readSchema({ format: 'PROTOBUF', text: proto('required string id = 1;', 'proto2') })
  const added = schema.changes().find(({ rule }) => rule === 'added-without-default')
  assert.match(readSchema({ format: 'PROTOBUF', text: added?.text ?? '' }).misreads(schema) ?? '', /added/)
})

test('a schema that holds itself has a sample', () => {
  const tree = avro(
    id,
    { name: 'of', type: ['null', 'shop.Order'], default: null },
    { name: 'by', type: { type: 'map', values: 'int' } },
  )
  const schema = readSchema({ format: 'AVRO', text: tree })
  assert.equal(schema.misreads(schema), undefined)
  const looped = json({ inner: { $ref: '#' }, at: { type: 'string', format: 'date-time' } }, ['at'])
  assert.equal(readSchema({ format: 'JSON', text: looped }).decode.length, 1)
})
