import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { seededRandom } from '../../../core/random.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import { amountsIn, parsed } from '../../../proof/history/json-content.ts'
import type { ConsumerConfig } from '../config.ts'
import { idIn, wrongEvent } from '../event-record.ts'
import { Inputs, type PreparedInput } from './inputs.ts'

type Shape = Pick<ConsumerConfig, 'event' | 'eventId' | 'effects'>

const name = fc.stringMatching(/^[a-z][a-zA-Z]{0,8}$/)
/** A value with something at a path of one to three names. */
const nested = (inner: unknown) =>
  fc.uniqueArray(name, { minLength: 1, maxLength: 3 }).map((names) => ({
    path: `$.${names.join('.')}`,
    json: names.reduceRight<unknown>((value, one) => ({ [one]: value }), inner) as Record<string, unknown>,
  }))
const amount = fc.constantFrom<unknown>(
  '{amount}',
  { value: '{amount}', currency: 'KRW' },
  ['{amount}'],
  '{amount}.00',
)

/** Every place in which an event may have its id. */
const ids = fc.oneof(
  name.map((header) => ({
    eventId: { header },
    headers: { [header.toUpperCase()]: '{eventId}' },
    json: {},
  })),
  fc.constantFrom(
    { eventId: { cloudEvent: 'id' as const }, headers: { ce_id: '{eventId}' }, json: {} },
    { eventId: { cloudEvent: 'id' as const }, headers: {}, json: { id: '{eventId}', time: '{time}' } },
  ),
  nested('{eventId}').map(({ path, json }) => ({ eventId: { json: path }, headers: {}, json })),
)

const shapes: fc.Arbitrary<Shape> = fc
  .record({
    id: ids,
    amount,
    key: fc.constantFrom(undefined, '{key}', 'order-{key}', '{key}/{eventId}', '{eventId}'),
    trace: fc.constantFrom({}, { traceparent: '{traceparent}' }),
    beside: fc.constantFrom({}, { TRACE: '{traceparent}', AT: '{time}', N: '{version}' }),
    rows: fc.constantFrom({ eventId: 'event_id', amount: 'amount' }, { amount: 'amount' }),
  })
  .map(({ id: { eventId, headers, json }, amount, key, trace, beside, rows }) => ({
    eventId,
    effects: { table: 'effects', ...rows },
    event: {
      ...(key === undefined ? {} : { key }),
      headers: { ...headers, ...trace },
      json: { ...json, AMOUNT: amount, ...beside },
    },
  }))

type Written = Pick<EventOf<'k.record'>, 'headers' | 'value'> & { readonly key: string }

function inputsOf({ event }: Shape) {
  const inputs = new Inputs({
    event,
    topic: 'orders',
    writer: undefined as never,
    keys: ['a', 'b'],
    random: seededRandom('shapes'),
    record: () => assert.fail('nothing is put'),
  })
  const recordOf = ({ key, headers, body: value }: PreparedInput) => ({ key, headers, value })
  return { inputs, recordOf }
}

const numbers = ({ headers, value }: Written) => amountsIn([parsed(value), headers])

test('in all shapes of config an event’s record says what is declared: its id, its amount; and no other has either', () => {
  fc.assert(
    fc.property(shapes, (shape) => {
      assert.deepEqual(wrongEvent('consumers.x', shape), [])
      const { inputs, recordOf } = inputsOf(shape)
      const [first, second] = [inputs.prepare('a'), inputs.prepare('a')]
      for (const one of [first, second]) {
        assert.equal(idIn(recordOf(one), shape.eventId), one.id)
        assert.ok(numbers(recordOf(one)).has(String(one.amount)))
        assert.equal(one.mark, 'a')
      }
      assert.notEqual(first.id, second.id)
      assert.ok(!numbers(recordOf(first)).has(String(second.amount)))
    }),
  )
})

test('in all shapes another event with the same body has an id of its own, and differs in nothing else of the body', () => {
  fc.assert(
    fc.property(shapes, (shape) => {
      const { inputs, recordOf } = inputsOf(shape)
      const first = inputs.prepare('a')
      const other = inputs.prepare('a', { says: first })
      assert.notEqual(other.id, first.id)
      assert.equal(idIn(recordOf(other), shape.eventId), other.id)
      assert.equal(other.amount, first.amount)
      assert.equal(other.body.replaceAll(other.id, first.id), first.body)
    }),
  )
})

test('in all shapes an id that comes with another body is the same id with another amount', () => {
  fc.assert(
    fc.property(shapes, (shape) => {
      const { inputs, recordOf } = inputsOf(shape)
      const first = inputs.prepare('a')
      const copy = inputs.prepare('a', { id: first.id })
      assert.equal(idIn(recordOf(copy), shape.eventId), first.id)
      assert.notEqual(copy.amount, first.amount)
      assert.notEqual(copy.body, first.body)
    }),
  )
})

test('of three events one is of another version, in turn, and says the same', () => {
  const written: string[] = []
  const json = { v: 'newest', amount: '{amount}' }
  const versions = {
    v1: { headers: { of: '1' }, json: { v: 'v1', total: '{amount}' } },
    v3: { json: { v: 'v3' } },
  }
  const inputs = new Inputs({
    event: { headers: { of: '2', eventId: '{eventId}' }, json, versions },
    topic: 'orders',
    writer: undefined as never,
    keys: ['a'],
    random: seededRandom('versions'),
    record: () => assert.fail('nothing is put'),
    versions: Object.keys(versions),
    written: (event, version) => void written.push(`${event} ${version}`),
  })
  const made = Array.from({ length: 6 }, () => inputs.prepare('a'))
  assert.deepEqual(
    made.map(({ headers, body }) => [headers.of, JSON.parse(body).v]),
    [
      ['2', 'newest'],
      ['2', 'newest'],
      ['2', 'v3'],
      ['2', 'newest'],
      ['2', 'newest'],
      ['1', 'v1'],
    ],
  )
  assert.equal(JSON.parse(made[5]?.body ?? '').total, made[5]?.amount)
  assert.deepEqual(written, [`${made[2]?.id} v3`, `${made[5]?.id} v1`])
})
