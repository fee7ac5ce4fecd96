import assert from 'node:assert/strict'
import { test } from 'node:test'
import avro from 'avsc'
import type { Registry } from '../schemas/registry.ts'
import { avroEncoding } from './avro-encoding.ts'
import type { OutboxRow } from './outbox-row.ts'
import { RegisteredEvents } from './registered-events.ts'

const schema = JSON.stringify({
  type: 'record',
  name: 'Placed',
  fields: [{ name: 'amount', type: 'long' }],
})

const row = (payload: string): OutboxRow => ({
  id: 'e-1',
  aggregateType: 'order',
  aggregateId: 'o-1',
  eventType: 'Placed',
  payload,
  traceparent: null,
  createdAt: new Date(0),
})

function events(...answers: readonly (number | Error)[]) {
  const left = [...answers]
  const asked: string[] = []
  const registry: Pick<Registry, 'register'> = {
    async register(subject) {
      asked.push(subject)
      const answer = left.shift()
      if (typeof answer !== 'number') throw answer
      return answer
    },
  }
  return {
    asked,
    events: new RegisteredEvents({
      registry,
      subject: 'placed-value',
      schema,
      encoding: avroEncoding(schema),
    }),
  }
}

test('an event is a zero byte, the id of its schema and its payload', async () => {
  const { events: written } = events(258)
  await written.register()
  const { value, headers } = written.message(row('{"amount":59000}'))
  assert.ok(Buffer.isBuffer(value))
  assert.deepEqual([...value.subarray(0, 5)], [0, 0, 0, 1, 2])
  assert.equal(avro.Type.forSchema(JSON.parse(schema)).fromBuffer(value.subarray(5)).amount, 59000)
  assert.equal(headers?.['content-type'], 'application/avro')
})

test('a registry is asked until it has answered, and never again', async () => {
  const { asked, events: written } = events(new Error('HTTP 503'), 7)
  await assert.rejects(written.register(), /503/)
  assert.throws(() => written.message(row('{"amount":1}')), /not registered/)
  await written.register()
  await written.register()
  assert.deepEqual(asked, ['placed-value', 'placed-value'])
})

test('what the schema has no place for can never be published', () => {
  const { events: written } = events()
  assert.equal(written.unpublishable(row('{"amount":1}')), undefined)
  assert.match(written.unpublishable(row('{"amount":"1"}')) ?? '', /schema/)
  assert.match(written.unpublishable(row('{')) ?? '', /JSON/)
})
