import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Cadences } from './cadences.ts'
import type { Origin, RequestSeen } from './seen.ts'

const origin = (at: number, version = 9): Origin => ({
  connection: 1,
  clientId: 'orders',
  software: 'apache-kafka-java 4.3.1',
  version,
  correlationId: at,
  at,
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

test('who commits by the clock can be told from who commits by its work', () => {
  const cadences = new Cadences()
  const times = [0, 5000, 10_001, 15_000, 20_002, 25_000]
  for (const at of times) cadences.see(commit(at))
  const who = { clientId: 'orders', software: 'apache-kafka-java 4.3.1', group: 'g' }
  assert.deepEqual(cadences.all, [
    { ...who, api: 'offset-commit', count: 6, median: 5000, spread: [4998, 5002] },
  ])
  const idle = new Cadences()
  idle.see({ ...origin(1), from: 'client', api: 'heartbeat', ...member })
  assert.deepEqual(idle.all, [{ ...who, api: 'heartbeat', count: 1, median: undefined, spread: undefined }])
})
