import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc, { type Arbitrary } from 'fast-check'
import { apiNames } from '../schemas/api.ts'
import {
  apiNamed,
  assignmentLayout,
  type Field,
  type Layout,
  subscriptionLayout,
} from '../schemas/message.ts'
import { decode, decoding } from './decode.ts'
import { encode } from './encode.ts'
import { Incoming } from './incoming.ts'
import { type Struct, unknownTags, type Value } from './value.ts'

const int = (bits: number) => fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 })
const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const bytes = fc.uint8Array({ maxLength: 150 }).map((bytes) => Buffer.from(bytes))
const SCALARS: Record<string, Arbitrary<Value>> = {
  bool: fc.boolean(),
  int8: int(8),
  int16: int(16),
  int32: int(32),
  int64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  uuid: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((id) => Buffer.from(id).toString('base64url')),
  string: text,
  bytes,
  records: bytes,
}

/** Any message of a layout, with tagged fields there or not, and some that nobody knows. */
function messages(layout: Layout): Arbitrary<Struct> {
  const fields = Object.fromEntries(layout.fields.map((field) => [field.name, values(field)]))
  const tagged = Object.fromEntries([...layout.tagged.values()].map((field) => [field.name, values(field)]))
  const unknown = fc.dictionary(fc.constantFrom('100', '127', '128', '70000'), bytes, { maxKeys: 2 })
  return fc
    .tuple(fc.record(fields), fc.record(tagged, { requiredKeys: [] }), unknown)
    .map(([fields, tagged, unknown]) => {
      const tags = Object.entries(unknown).map(([tag, value]) => [Number(tag), value] as const)
      const struct: Struct = { ...fields, ...tagged }
      return layout.flexible && tags.length > 0 ? { ...struct, [unknownTags]: new Map(tags) } : struct
    })
}

function values(field: Field): Arbitrary<Value> {
  const one =
    typeof field.type === 'string' ? (SCALARS[field.type] as Arbitrary<Value>) : messages(field.type)
  const each = field.array ? fc.array(one, { maxLength: 3 }) : one
  return field.nullable ? fc.option(each as Arbitrary<Value>) : (each as Arbitrary<Value>)
}

const all: { name: string; version: number; layout: Layout }[] = []
const add = (name: string, layoutOf: (version: number) => Layout | undefined) => {
  for (let version = 0; version < 30; version++) {
    const layout = layoutOf(version)
    if (layout) all.push({ name, version, layout })
  }
}
for (const name of apiNames) {
  add(`${name} request`, apiNamed(name).request)
  add(`${name} response`, apiNamed(name).response)
}
add('subscription', subscriptionLayout)
add('assignment', assignmentLayout)

describe('every message of every version', () => {
  for (const { name, version, layout } of all) {
    test(`${name} ${version}: decoded and encoded again it has the same bytes`, () => {
      fc.assert(
        fc.property(messages(layout), (message) => {
          const bytes = encode(layout, message).concat()
          const decoded = decode(layout, bytes)
          assert.deepEqual(decoded, message)
          assert.deepEqual(encode(layout, decoded).concat(), bytes)
        }),
        { numRuns: 10 },
      )
    })
  }

  test('in pieces it is the same, without its records', () => {
    const layout = apiNamed('produce').request(9) as Layout
    fc.assert(
      fc.property(messages(layout), fc.integer({ min: 1, max: 40 }), (message, size) => {
        const bytes = encode(layout, message).concat()
        const source = new Incoming(bytes.length)
        const work = decoding(layout, source, { records: 61 })
        let step = work.next()
        for (let at = 0; at < bytes.length; at += size) {
          source.feed(bytes.subarray(at, at + size))
          step = work.next()
        }
        assert.ok(step.done)
        assert.deepEqual(step.value, shortened(message))
        assert.equal(source.left, 0)
      }),
    )
  })

  test('garbage and cut bodies are a RangeError', () => {
    const layouts = fc.constantFrom(...all.map(({ layout }) => layout))
    fc.assert(
      fc.property(layouts, fc.uint8Array({ maxLength: 300 }), (layout, garbage) => {
        try {
          decode(layout, Buffer.from(garbage))
        } catch (error) {
          assert.ok(error instanceof RangeError, String(error))
        }
      }),
      { numRuns: 3000 },
    )
  })
})

test('what is not given has its default', () => {
  const layout = apiNamed('fetch').request(18) as Layout
  const { isolationLevel, maxBytes, topics, rackId } = decode(layout, encode(layout, {}).concat())
  assert.deepEqual([isolationLevel, maxBytes, topics, rackId], [0, 0x7fffffff, [], ''])
})

function shortened(value: Value): Value {
  if (Buffer.isBuffer(value)) return value.subarray(0, 61)
  if (Array.isArray(value)) return value.map(shortened)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, each]) => [name, shortened(each as Value)])
  const unknown = (value as Struct)[unknownTags]
  return { ...Object.fromEntries(entries), ...(unknown ? { [unknownTags]: unknown } : {}) }
}
