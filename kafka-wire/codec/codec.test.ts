import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { messages } from '../fixture/any-message.ts'
import { apiNames } from '../schemas/api.ts'
import { apiNamed, assignmentLayout, type Layout, subscriptionLayout } from '../schemas/message.ts'
import { decode, decoding } from './decode.ts'
import { encode } from './encode.ts'
import { Incoming } from './incoming.ts'
import { type Struct, unknownTags, type Value } from './value.ts'

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
