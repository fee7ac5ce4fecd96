import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { Cache } from '../core/cache.ts'
import { cacheFolder } from '../core/cache-folder.mjs'
import { firstEndpoint } from '../core/endpoint.ts'
import { within } from '../core/until.ts'
import { LogObserver } from '../proof/observers/log-observer.ts'
import { createTopics } from '../proof/observers/topics.ts'
import { openStack } from '../stacks/open-stack.ts'
import type { Stack } from '../stacks/stack.ts'
import {
  expectedDigest,
  javaRoundTrip,
  type RoundTrip,
  throughKafkajs,
  throughPlatformatic,
} from '../test/stack/round-trip.ts'
import { Cadences } from './cadences.ts'
import { WireProxy } from './proxy.ts'
import type { WireSeen } from './seen.ts'
import { settingsOf } from './settings.ts'

/** Records that each client writes and reads: a million in the long run. */
const RECORDS = Number(process.env.EVENTPROOF_WIRE_RECORDS ?? 50_000)

let stack: Stack
let logs: string
before(async () => {
  logs = await mkdtemp(join(tmpdir(), 'eventproof-wire-'))
  stack = await openStack('processes', { logs })
  await stack.need(['kafka'])
})
after(async () => {
  await stack[Symbol.asyncDispose]()
  await rm(logs, { recursive: true })
})

/** A topic, and a proxy before the broker's own listener. */
async function proxied(topic: string) {
  const bootstrapServers = stack.kafka.bootstrapServers('host')
  await createTopics(bootstrapServers, { [topic]: 1 })
  const cadences = new Cadences()
  const software = new Set<string>()
  const asked = new Map<string, Record<string, string>>()
  const on = (seen: WireSeen) => {
    cadences.see(seen)
    if (seen.software) software.add(seen.software)
    const known = asked.get(seen.clientId) ?? {}
    for (const [name, value] of Object.entries(settingsOf(seen)?.values ?? {})) {
      const values = new Set(known[name]?.split(' then '))
      known[name] = [...values.add(String(value))].join(' then ')
    }
    asked.set(seen.clientId, known)
  }
  const proxy = await WireProxy.open({ upstream: firstEndpoint(bootstrapServers), on })
  const read = (clientId: string) => asked.get(clientId)
  return { proxy, cadences, software, read, [Symbol.asyncDispose]: () => proxy[Symbol.asyncDispose]() }
}

/** What is on the log, past the proxy: how many records, and producers that are idempotent. */
async function stored(topic: string): Promise<{ records: number; idempotent: boolean }> {
  let records = 0
  let idempotent = true
  const bootstrapServers = stack.kafka.bootstrapServers('host')
  await using observer = LogObserver.open({
    bootstrapServers,
    topics: { [topic]: 1 },
    record: (event) => {
      if (event.kind !== 'k.record') return
      records++
      idempotent &&= event.producerId >= 0
    },
  })
  await observer.fence()
  return { records, idempotent }
}

/** The broker stores a batch of the producer's, and its acknowledgement is lost. */
async function loseAnAcknowledgement(topic: string, through: RoundTrip): Promise<void> {
  await using wire = await proxied(topic)
  const fault = wire.proxy.arm({ api: 'produce', topic, which: { nth: 2 }, act: 'drop-response' })
  assert.equal(await through(wire.proxy.bootstrapServers, topic, 3000), expectedDigest(3000))
  const { offsets, topics } = await within(1000, 'the effect', fault.tookEffect)
  assert.deepEqual(topics, [topic])
  assert.ok((offsets[0]?.offset ?? 0) > 0, 'the second batch was stored')
  assert.deepEqual(await stored(topic), { records: 3000, idempotent: true })
  assert.deepEqual([...wire.proxy.gaps], [])
}

describe('kafkajs', () => {
  test('its settings are read, its records pass byte for byte', async () => {
    await using wire = await proxied('kafkajs')
    assert.equal(
      await throughKafkajs(wire.proxy.bootstrapServers, 'kafkajs', RECORDS),
      expectedDigest(RECORDS),
    )
    assert.deepEqual(wire.read('kafkajs'), {
      acks: 'all',
      'enable.idempotence': 'true',
      'request.timeout.ms': '30000',
    })
    assert.deepEqual(wire.read('kafkajs-consumer'), {
      'group.protocol': 'classic',
      'protocol type': 'consumer',
      'partition.assignment.strategy': 'RoundRobinAssigner',
      'session.timeout.ms': '20000',
      'max.poll.interval.ms': '60000',
      'chosen assignor': 'RoundRobinAssigner',
      'fetch.max.wait.ms': '200',
      'fetch.min.bytes': '1',
      'fetch.max.bytes': '10485760',
      'isolation.level': 'read_committed',
    })
    assert.deepEqual([...wire.proxy.gaps], [])
  })

  test('an acknowledgement is lost, and nothing else', () =>
    loseAnAcknowledgement('kafkajs-lost', throughKafkajs))
})

describe('platformatic', () => {
  test('the settings of a group of KIP-848 are read, its records pass byte for byte', async () => {
    await using wire = await proxied('platformatic')
    const digest = await throughPlatformatic(wire.proxy.bootstrapServers, 'platformatic', RECORDS)
    assert.equal(digest, expectedDigest(RECORDS))
    assert.partialDeepStrictEqual(wire.read('platformatic'), { acks: 'all', 'enable.idempotence': 'false' })
    assert.partialDeepStrictEqual(wire.read('platformatic-consumer'), {
      'group.protocol': 'consumer',
      'group.remote.assignor': 'uniform',
      'fetch.max.wait.ms': '200',
    })
    assert.deepEqual([...wire.software], ['platformatic-kafka 2.12.1'])
    assert.deepEqual([...wire.proxy.gaps], [])
  })
})

describe('Java', async () => {
  const java = await javaRoundTrip(new Cache(cacheFolder()))
  after(() => java?.[Symbol.asyncDispose]())
  const skip = java ? false : 'there is no javac'

  test('its settings with CooperativeSticky are read, its records pass byte for byte', { skip }, async () => {
    await using wire = await proxied('java')
    assert.equal(await java?.(wire.proxy.bootstrapServers, 'java', RECORDS), expectedDigest(RECORDS))
    assert.deepEqual(wire.read('java-producer'), {
      acks: 'all',
      'enable.idempotence': 'true',
      'request.timeout.ms': '2000',
    })
    assert.deepEqual(wire.read('java-consumer'), {
      'group.protocol': 'classic',
      'protocol type': 'consumer',
      'partition.assignment.strategy': 'cooperative-sticky',
      'session.timeout.ms': '20000',
      'max.poll.interval.ms': '300000',
      'chosen assignor': 'cooperative-sticky',
      'fetch.max.wait.ms': '500',
      'fetch.min.bytes': '1',
      'fetch.max.bytes': '52428800',
      'isolation.level': 'read_uncommitted',
    })
    const heartbeats = wire.cadences.all.find(({ api }) => api === 'heartbeat')
    assert.ok((heartbeats?.median ?? 0) >= 400, 'heartbeats every 500 ms')
    assert.deepEqual([...wire.software], ['apache-kafka-java 4.3.1'])
    assert.deepEqual([...wire.proxy.gaps], [])
  })

  test('an acknowledgement is lost, and nothing else', { skip }, () =>
    loseAnAcknowledgement('java-lost', java as RoundTrip),
  )
})
