import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { canonical, carries, difference, enveloped, parsed, sameJson } from './json-content.ts'

const PAYLOAD = { orderId: 'a-1', total: 12.5, items: [{ sku: 'x' }] }
const text = JSON.stringify(PAYLOAD)

describe('a record carries a payload', () => {
  const carrying: Readonly<Record<string, unknown>> = {
    'as it is': PAYLOAD,
    'with its members in another order': { items: [{ sku: 'x' }], total: 12.5, orderId: 'a-1' },
    'inside a JSON string': text,
    'with its schema': { schema: {}, payload: PAYLOAD },
    'as data of a CloudEvent': { specversion: '1.0', id: '1', data: PAYLOAD },
    'as payload of an envelope': { event_id: '1', event_type: 'created', payload: PAYLOAD },
    'as a member of any name, as text': { meta: { id: '1' }, body: text },
    'two envelopes deep': { op: 'c', after: { message: { id: '1', content: PAYLOAD } } },
  }
  for (const [how, value] of Object.entries(carrying))
    it(how, () => assert.equal(carries(JSON.stringify(value), text), true))

  it('that is a text, as a member of any name', () => {
    assert.equal(carries(JSON.stringify({ id: '1', payload: '{{"tit' }), JSON.stringify('{{"tit')), true)
    assert.equal(carries(JSON.stringify({ id: '1', payload: '{{"tit' }), JSON.stringify('{{"tot')), false)
    assert.equal(carries('{"id":"1000","n":1}', '"1000"'), false)
    assert.equal(carries('{"type":"OrderPlaced","data":null}', '"OrderPlaced"'), false)
  })
})

describe('a record does not carry a payload', () => {
  const others: Readonly<Record<string, unknown>> = {
    'that says another number': { ...PAYLOAD, total: 13 },
    'that says more than was committed': { ...PAYLOAD, discount: 3 },
    'that lacks a member': { orderId: 'a-1', total: 12.5 },
    'whose envelope holds another one': { id: '1', payload: { ...PAYLOAD, total: 13 } },
    'whose members are spread over an envelope': { orderId: 'a-1', rest: { total: 12.5, items: [] } },
  }
  for (const [how, value] of Object.entries(others))
    it(how, () => assert.equal(carries(JSON.stringify(value), text), false))

  it('that is a lone value, which stands in many envelopes by accident', () => {
    assert.equal(carries('{"id":7,"orderId":7}', '7'), false)
    assert.equal(carries('{"id":7,"payload":{"n":1}}', '{}'), false)
  })
})

describe('what differs is told', () => {
  const told: readonly (readonly [unknown, string | undefined])[] = [
    [{ ...PAYLOAD, total: 13 }, '$.total is 13 in the record, 12.5 was committed'],
    [{ id: '1', payload: { ...PAYLOAD, total: 13 } }, '$.total is 13 in the record, 12.5 was committed'],
    [{ orderId: 'a-1', total: 12.5 }, 'the record has no $.items, which was committed'],
    [{ ...PAYLOAD, eventId: '1' }, 'the record has $.eventId, which was not committed'],
    ['a text', undefined],
  ]
  for (const [value, words] of told)
    it(words ?? 'but for what is no object', () =>
      assert.equal(difference(JSON.stringify(value), text), words),
    )
})

describe('what stands in an envelope', () => {
  for (const [how, member] of Object.entries({
    'as it is': PAYLOAD,
    'as text': text,
    'in base64': btoa(text),
  }))
    it(`is found ${how}, at any depth up to three`, () => {
      const there = canonical({ total: 12.5, items: [{ sku: 'x' }], orderId: 'a-1' })
      assert.ok(enveloped({ error: 'x', original: member }).includes(there))
      assert.ok(enveloped({ meta: { cause: { record: member } } }).includes(there))
      assert.ok(!enveloped({ meta: { cause: { record: { of: member } } } }).includes(there))
    })

  it('is a text, too', () => assert.deepEqual(enveloped({ error: 'none left', code: 7 }), ['none left']))
})

describe('an integer that a number does not hold', () => {
  it('is its digits, on both sides of a comparison', () => {
    const [one, next] = ['{"id":1849301122334455667,"n":1}', '{"id":1849301122334455668,"n":1}']
    assert.deepEqual(parsed(one), { id: '1849301122334455667', n: 1 })
    assert.equal(sameJson(parsed(one), parsed(one)), true)
    assert.equal(sameJson(parsed(one), parsed(next)), false)
  })

  it('but what is written with a point, or in a text, is as it was', () => {
    assert.deepEqual(parsed('{"a":0.1234567890123456,"b":"1849301122334455667","c":1e300}'), {
      a: 0.1234567890123456,
      b: '1849301122334455667',
      c: 1e300,
    })
  })
})
