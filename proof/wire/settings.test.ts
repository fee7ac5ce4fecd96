import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Origin, RequestSeen, WireSeen } from './seen.ts'
import { Settings } from './settings.ts'

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
const commit = (at: number): RequestSeen => ({
  ...origin(at),
  from: 'client',
  api: 'offset-commit',
  ...member,
  topics: [],
  offsets: [],
})

test('each setting once, with all values that were seen and where', () => {
  const settings = new Settings()
  for (const each of [produce(-1, true), produce(-1, true), produce(1, true)]) settings.see(each)
  const rows = settings.rows()
  const acks = rows.find(({ name }) => name === 'acks')
  const software = 'apache-kafka-java 4.3.1'
  assert.deepEqual(acks, {
    clientId: 'orders',
    software,
    name: 'acks',
    values: ['all', '1'],
    readFrom: 'produce 9',
  })
  assert.deepEqual(rows.find(({ name }) => name === 'enable.idempotence')?.values, ['true'])
  assert.equal(
    rows.find(({ name }) => name === 'transactional.id'),
    undefined,
  )
})

test('a group’s settings are those of its members, classic or not', () => {
  const settings = new Settings()
  settings.see({
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
  })
  settings.see({
    ...origin(1, 1),
    from: 'client',
    api: 'consumer-group-heartbeat',
    ...member,
    group: 'next',
    rebalanceTimeoutMs: -1,
    serverAssignor: 'uniform',
    topics: null,
    owned: null,
  })
  const values = (group: string) =>
    Object.fromEntries(
      settings
        .rows()
        .filter((row) => row.group === group)
        .map(({ name, values }) => [name, values.join()]),
    )
  assert.deepEqual(values('g'), {
    'group.protocol': 'classic',
    'protocol type': 'consumer',
    'partition.assignment.strategy': 'cooperative-sticky, range',
    'session.timeout.ms': '45000',
    'max.poll.interval.ms': '300000',
  })
  assert.deepEqual(values('next'), { 'group.protocol': 'consumer', 'group.remote.assignor': 'uniform' })
})

test('who commits by the clock can be told from who commits by its work', () => {
  const settings = new Settings()
  const times = [0, 5000, 10_001, 15_000, 20_002, 25_000]
  for (const at of times) settings.see(commit(at))
  assert.deepEqual(settings.cadences(), [
    { clientId: 'orders', group: 'g', of: 'offset-commit', count: 6, median: 5000, spread: [4998, 5002] },
  ])
  const idle = new Settings()
  idle.see({ ...origin(1), from: 'client', api: 'heartbeat', ...member })
  assert.deepEqual(idle.cadences(), [
    { clientId: 'orders', group: 'g', of: 'heartbeat', count: 1, median: undefined, spread: undefined },
  ])
})
