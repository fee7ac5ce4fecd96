import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HistoryEvent } from '../proof/history/event.ts'
import { topicsOf } from '../session/asyncapi.ts'
import { ObservedTopology } from './topology.ts'

const event = (scenario: string, fields: object) => ({ seq: 1, at: 0, scenario, ...fields }) as HistoryEvent
const record = (topic: string, headers: object, value = '{}') =>
  event('of-orders', { kind: 'k.record', topic, headers, value })

function observed() {
  const topology = new ObservedTopology((id) => ({ 'of-orders': 'orders', 'of-payment': 'payment' })[id])
  const events = [
    event('of-orders', { kind: 'k.client', topics: ['s01.order-events', '__heartbeat'] }),
    record('s01.order-events', { ce_type: 'placed', 'content-type': 'application/json' }),
    record('s01.order-events', { 'content-type': 'application/cloudevents+json' }, '{"type":"changed"}'),
    event('of-payment', {
      kind: 'fact',
      name: 'topic.read',
      subject: 's12.payment-events',
      value: 'payment',
    }),
    event('of-payment', { kind: 'k.client', topics: ['s12.payment-events-dlt'] }),
    event('of-nothing', { kind: 'k.client', topics: ['elsewhere'] }),
  ]
  for (const one of events) if (topology.wants(1, JSON.stringify(one))) topology.take(one)
  return topology
}

test('what clients wrote and read becomes a document that says the same when it is read', () => {
  const document = observed().asyncApi('run-1')
  assert.deepEqual(topicsOf(JSON.stringify(document), 'x.json'), {
    writes: ['order-events', 'payment-events-dlt'],
    reads: ['payment-events'],
  })
  assert.deepEqual(Object.keys(document.channels['order-events']?.messages ?? {}), ['changed', 'placed'])
})

test('a document of one subject holds its topics only', () => {
  const topology = observed()
  assert.deepEqual(topology.subjects, ['orders', 'payment'])
  assert.deepEqual(Object.keys(topology.asyncApi('run-1', 'payment').channels), [
    'payment-events',
    'payment-events-dlt',
  ])
})
