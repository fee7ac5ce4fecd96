import assert from 'node:assert/strict'
import { test } from 'node:test'
import { consumerSettings } from './settings.ts'

const env = { KAFKA_BOOTSTRAP_SERVERS: '127.0.0.1:9092' }

test("are the guide's where nothing else is said", () => {
  assert.deepEqual(consumerSettings('g', ['t'], env), {
    bootstrapServers: '127.0.0.1:9092',
    group: 'g',
    topics: ['t'],
    maxPollRecords: 500,
    maxPollInterval: 300_000,
    sessionTimeout: 45_000,
    heartbeatInterval: 15_000,
    workers: 3,
    isolationLevel: 'read_committed',
    offsetReset: 'earliest',
  })
})

test('are read from the environment, and refused by name', () => {
  assert.equal(consumerSettings('g', ['t'], { ...env, MAX_POLL_RECORDS: '1' }).maxPollRecords, 1)
  assert.throws(() => consumerSettings('g', ['t'], { ...env, WORKERS: '0' }), /WORKERS is 0/)
  assert.throws(
    () => consumerSettings('g', ['t'], { ...env, SESSION_TIMEOUT_MS: '6s' }),
    /SESSION_TIMEOUT_MS/,
  )
  assert.throws(() => consumerSettings('g', ['t'], { ...env, ISOLATION_LEVEL: 'none' }), /ISOLATION_LEVEL/)
  assert.throws(() => consumerSettings('g', ['t'], {}), /KAFKA_BOOTSTRAP_SERVERS/)
})
