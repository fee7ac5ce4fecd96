import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectorSettings } from './connector-settings.ts'

const values = { slot: 's01', 'kafka.bootstrapServers': 'watched:9092' }
const declared = { 'connector.class': 'io.debezium.connector.postgresql.PostgresConnector' }
const settingsOf = (more = {}) => connectorSettings({ ...declared, ...more }, values)

test('a connector of somebody’s production gets the slot of the scenario', () => {
  const settings = settingsOf({ 'slot.name': 'bookings_outbox' })
  assert.equal(settings['slot.name'], 's01')
  assert.equal(settingsOf()['slot.name'], 's01')
})

test('topics of its own are made as it says, else with one partition', () => {
  const said = { ...declared, 'topic.creation.default.partitions': '3' }
  assert.equal(connectorSettings(said, values)['topic.creation.default.partitions'], '3')
  assert.equal(settingsOf()['topic.creation.default.partitions'], '1')
})

test('our schema is left out where all would be captured', () => {
  assert.equal(settingsOf()['schema.exclude.list'], 'eventproof')
  const some = { ...declared, 'table.include.list': 'public.outbox' }
  assert.equal(connectorSettings(some, values)['schema.exclude.list'], undefined)
})

test('its producer takes the way that is watched, unless it names another broker', () => {
  const name = 'producer.override.bootstrap.servers'
  assert.equal(settingsOf()[name], 'watched:9092')
  assert.equal(settingsOf({ [name]: 'mine:9092' })[name], 'mine:9092')
})
