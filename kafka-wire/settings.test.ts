import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Origin, WireSeen } from './seen.ts'
import { settingsOf } from './settings.ts'

const origin = (at: number, version = 9): Origin => ({
  connection: 1,
  clientId: 'orders',
  software: 'apache-kafka-java 4.3.1',
  version,
  correlationId: at,
  at,
})
const produce = (acks: number, idempotent: boolean): WireSeen => ({
  ...origin(0),
  from: 'client',
  api: 'produce',
  acks,
  idempotent,
  timeoutMs: 30_000,
  transactionalId: null,
  topics: ['t'],
  batches: [],
})
const member = { group: 'g', generation: 1, memberId: 'm', instanceId: null }
test('what a producer asks for has the names of Kafka’s settings', () => {
  const values = { acks: 'all', 'enable.idempotence': true, 'request.timeout.ms': 30_000 }
  assert.deepEqual(settingsOf(produce(-1, true)), { values })
  assert.deepEqual(settingsOf(produce(1, false)), {
    values: { ...values, acks: 1, 'enable.idempotence': false },
  })
})

test('a group’s settings are those of its members, classic or not', () => {
  const joins: WireSeen = {
    ...origin(0, 9),
    from: 'client',
    api: 'join-group',
    group: 'g',
    memberId: '',
    instanceId: null,
    protocolType: 'consumer',
    protocols: [{ name: 'cooperative-sticky' }, { name: 'range' }],
    sessionTimeoutMs: 45_000,
    rebalanceTimeoutMs: 300_000,
    reason: null,
    topics: ['t'],
  }
  assert.deepEqual(settingsOf(joins), {
    group: 'g',
    values: {
      'group.protocol': 'classic',
      'protocol type': 'consumer',
      'partition.assignment.strategy': 'cooperative-sticky, range',
      'session.timeout.ms': 45_000,
      'max.poll.interval.ms': 300_000,
    },
  })
  const lives = (generation: number): WireSeen => ({
    ...origin(1, 1),
    from: 'client',
    api: 'consumer-group-heartbeat',
    ...member,
    generation,
    rebalanceTimeoutMs: -1,
    serverAssignor: 'uniform',
    topics: null,
    owned: null,
  })
  const values = { 'group.protocol': 'consumer', 'group.remote.assignor': 'uniform' }
  assert.deepEqual(settingsOf(lives(0)), { group: 'g', values })
  assert.equal(settingsOf(lives(4)), undefined)
})

test('which assignor was chosen is in the broker’s answer', () => {
  const answered = (error: number): WireSeen => ({
    ...origin(0),
    from: 'broker',
    api: 'join-group',
    ...{ error, group: 'g', generation: 1, protocol: 'range', leader: 'm', memberId: 'm' },
  })
  assert.deepEqual(settingsOf(answered(0)), { group: 'g', values: { 'chosen assignor': 'range' } })
  assert.equal(settingsOf(answered(27)), undefined)
})
