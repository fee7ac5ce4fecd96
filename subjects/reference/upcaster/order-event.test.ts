import assert from 'node:assert/strict'
import { test } from 'node:test'
import { orderEvent } from './order-event.ts'

const v1 = { orderId: 'o', customerId: 'c', totalAmount: 59000, version: 3 }
const v2 = { orderId: 'o', customer: { id: 'c' }, total: { amount: 59000, currency: 'KRW' }, version: 3 }

test('both versions give the same event', () => {
  assert.deepEqual(orderEvent({ version: 1, data: v1 }), v2)
  assert.deepEqual(orderEvent({ version: 2, data: v2 }), v2)
})

test('fields that were added later are passed over', () => {
  assert.deepEqual(orderEvent({ version: 2, data: { ...v2, coupon: 'x' } }), v2)
})

test('what is missing is named as it is called in its version', () => {
  assert.throws(() => orderEvent({ version: 1, data: { ...v1, customerId: '' } }), /customerId/)
  assert.throws(() => orderEvent({ version: 2, data: { ...v2, total: { amount: 1 } } }), /currency/)
  assert.throws(() => orderEvent({ version: 2, data: v1 }), /id is not/)
  assert.throws(() => orderEvent({ version: 3, data: v2 }), /version 3 is not known/)
})
