import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amountValues, fill, fillJson, PlaceholderUnknown, placeholdersOf } from './placeholders.ts'

/** A placeholder of Kafka Connect. */
const CONNECTS_OWN = `${'$'}{routedByValue}-events`
const values = { key: 'order-7', amount: 59000, 'postgres.url': 'postgres://x', topicPrefix: 't1.' }

test('placeholders are replaced wherever they stand', () => {
  assert.equal(fill('/orders/{key}?a={amount}&{key}', values), '/orders/order-7?a=59000&order-7')
  assert.equal(fill('{postgres.url}', values), 'postgres://x')
})

test("what belongs to others is left alone: Kafka Connect's, JSON, regular expressions", () => {
  for (const text of [CONNECTS_OWN, '{"a":1}', '\\d{2}', '{}', '{a b}']) {
    assert.equal(fill(text, values), text)
  }
  assert.equal(fill(`{topicPrefix}${CONNECTS_OWN}`, values), `t1.${CONNECTS_OWN}`)
})

test('a value is not looked into again', () => {
  assert.equal(fill('{key}', { key: '{amount}', amount: 1 }), '{amount}')
})

test('an unknown placeholder is an error that names the nearest', () => {
  assert.throws(
    () => fill('{amout}', values),
    (error) => {
      assert.ok(error instanceof PlaceholderUnknown)
      assert.equal(error.detail.hint, 'did you mean {amount}?')
      return true
    },
  )
  assert.throws(() => fill('{toString}', values), PlaceholderUnknown)
})

test('in JSON a lone placeholder keeps the type of its value', () => {
  assert.deepEqual(fillJson({ a: ['{amount}', '#{amount}'], b: { c: '{key}' }, d: 1, e: null }, values), {
    a: [59000, '#59000'],
    b: { c: 'order-7' },
    d: 1,
    e: null,
  })
})

test('an amount stands as a number, and as a text where a service takes no number', () => {
  assert.deepEqual(fillJson({ total: '{amount}', title: '{amount:text}' }, amountValues(59000)), {
    total: 59000,
    title: '59000',
  })
})

test('placeholders of a text are listed', () => {
  assert.deepEqual(placeholdersOf(`{a}${CONNECTS_OWN}{c.d}`), ['a', 'c.d'])
})
