import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectorSettings } from './connector-settings.ts'

const declared = { 'connector.class': 'io.debezium.connector.postgresql.PostgresConnector' }

test('a connector of somebody’s production gets the slot of the scenario', () => {
  const settings = connectorSettings({ ...declared, 'slot.name': 'bookings_outbox' }, { ownBroker: false })
  assert.equal(settings['slot.name'], '{slot}')
  assert.equal(connectorSettings(declared, { ownBroker: false })['slot.name'], '{slot}')
})

test('topics of its own are made as it says, else with one partition', () => {
  const said = { ...declared, 'topic.creation.default.partitions': '3' }
  assert.equal(connectorSettings(said, { ownBroker: false })['topic.creation.default.partitions'], '3')
  assert.equal(connectorSettings(declared, { ownBroker: false })['topic.creation.default.partitions'], '1')
})

test('our schema is left out where all would be captured', () => {
  assert.equal(connectorSettings(declared, { ownBroker: false })['schema.exclude.list'], 'eventproof')
  const some = { ...declared, 'table.include.list': 'public.outbox' }
  assert.equal(connectorSettings(some, { ownBroker: false })['schema.exclude.list'], undefined)
})

test('a broker of its own is the producer’s, unless it names one', () => {
  const name = 'producer.override.bootstrap.servers'
  assert.equal(connectorSettings(declared, { ownBroker: true })[name], '{kafka.bootstrapServers}')
  assert.equal(connectorSettings(declared, { ownBroker: false })[name], undefined)
  assert.equal(
    connectorSettings({ ...declared, [name]: 'mine:9092' }, { ownBroker: true })[name],
    'mine:9092',
  )
})
