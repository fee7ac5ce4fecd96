import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loopbackListener } from '../test/stack/loopback-listener.ts'
import type { Struct } from './codec/value.ts'
import { answer, fakeBroker, fakeClient, type Received, request } from './fixture/fake-broker.ts'
import { bodyOf, produced, stores, wired } from './fixture/wired.ts'
import { WireProxy } from './proxy.ts'
import type { ApiName } from './schemas/api.ts'

test('what a request says is seen, and bytes pass as they came', async () => {
  await using wire = await wired(stores)
  const asked = request('produce', 9, 1, produced('orders'), 'relay')
  wire.client.send(asked)
  const [got] = await wire.client.answered(1)
  assert.deepEqual(wire.broker.received[0]?.frame, asked.subarray(4))
  assert.deepEqual(got, stores(wire.broker.received[0] as Received)?.subarray(4))
  assert.partialDeepStrictEqual(wire.seen, [
    { from: 'client', api: 'produce', clientId: 'relay', acks: -1, idempotent: true, topics: ['orders'] },
    { from: 'broker', api: 'produce', error: 0, offsets: [{ topic: 'orders', partition: 0, offset: 41 }] },
  ])
})

test('two libraries under one client id are told apart; who says nothing goes by an only name', async () => {
  await using wire = await wired(stores)
  using nameless = await fakeClient(wire.proxy.address.port)
  using silent = await fakeClient(wire.proxy.address.port)
  const name = { clientSoftwareName: 'some-client', clientSoftwareVersion: '1.2' }
  const heartbeats = () => wire.seen.filter(({ api, from }) => api === 'heartbeat' && from === 'client')
  wire.client.send(request('api-versions', 3, 1, name, 'shared'), request('heartbeat', 4, 2, {}, 'shared'))
  await wire.client.answered(2)
  silent.send(request('heartbeat', 4, 1, {}, 'shared'))
  await silent.answered(1)
  nameless.send(request('api-versions', 2, 1, {}, 'shared'), request('heartbeat', 4, 2, {}, 'shared'))
  await nameless.answered(2)
  silent.send(request('heartbeat', 4, 2, {}, 'shared'), request('heartbeat', 4, 3, {}, 'other'))
  await silent.answered(3)
  assert.deepEqual(
    heartbeats().map(({ software }) => software),
    ['some-client 1.2', 'some-client 1.2', undefined, undefined, undefined],
  )
})

test('a client that asks for more than brokers know is known by name, too', async () => {
  await using wire = await wired(({ api, version, correlationId }) =>
    // As a broker before KIP-1242 refuses a version: in the form of the first.
    api === 'api-versions'
      ? answer(api, 0, correlationId, { errorCode: 35 })
      : answer(api as ApiName, version, correlationId, {}),
  )
  const name = { clientSoftwareName: 'kgo', clientSoftwareVersion: '1.22.3' }
  const asked = { ...name, clusterId: null, nodeId: -1 }
  wire.client.send(request('api-versions', 5, 1, asked), request('heartbeat', 4, 2, {}))
  await wire.client.answered(2)
  assert.deepEqual([...wire.proxy.unknown], [])
  assert.deepEqual([...wire.proxy.gaps], [])
  assert.equal(wire.seen.find(({ api }) => api === 'heartbeat')?.software, 'kgo 1.22.3')
})

test('whatever address brokers advertise, clients are told ours, one for each broker', async () => {
  const nodes = [
    { nodeId: 1, host: 'kafka-1.example', port: 9092 },
    { nodeId: 2, host: '10.0.0.2', port: 9092 },
  ]
  let known = 1
  await using wire = await wired(({ api, version, correlationId }) => {
    const brokers = nodes.slice(0, known)
    if (api === 'metadata') return answer(api, version, correlationId, { brokers })
    const coordinators = [
      { key: 'g', ...nodes[0], errorCode: 0 },
      { key: 'none', nodeId: -1, host: '', port: -1, errorCode: 15 },
    ]
    return answer('find-coordinator', version, correlationId, { coordinators })
  })
  const { client, proxy } = wire
  client.send(request('metadata', 12, 1, { topics: null }))
  client.send(request('find-coordinator', 4, 2, { coordinatorKeys: ['g', 'none'] }))
  const [alone, coordinator] = await client.answered(2)
  const told = (brokers: unknown) => (brokers as Struct[]).map(({ host, port }) => `${host}:${port}`)
  assert.deepEqual(told(bodyOf('metadata', 12, alone as Buffer, 5).brokers), [proxy.bootstrapServers])
  assert.deepEqual(told(bodyOf('find-coordinator', 4, coordinator as Buffer, 5).coordinators), [
    proxy.bootstrapServers,
    ':-1',
  ])
  known = 2
  client.send(request('metadata', 0, 3, { topics: [] }))
  const both = told(bodyOf('metadata', 0, (await client.answered(3))[2] as Buffer).brokers)
  assert.deepEqual(
    both,
    proxy.addresses.map(({ host, port }) => `${host}:${port}`),
  )
  assert.equal(new Set(proxy.addresses.map(({ port }) => port)).size, 2)
})

test('each listener leads to its own broker, and faults are armed for all of them', async () => {
  await using second = await fakeBroker(stores)
  await using wire = await wired(({ api, version, correlationId }) => {
    const brokers = [
      { nodeId: 1, host: 'kafka-1.example', port: 9092 },
      { nodeId: 2, ...second.address },
    ]
    return answer(api as ApiName, version, correlationId, { brokers })
  })
  wire.client.send(request('metadata', 0, 1, { topics: [] }))
  const [metadata] = await wire.client.answered(1)
  const [, other] = bodyOf('metadata', 0, metadata as Buffer).brokers as unknown as { port: number }[]
  using client = await fakeClient(other?.port as number)
  const fault = wire.proxy.arm({ api: 'heartbeat', which: 'once', act: 'drop-request' })
  client.send(request('heartbeat', 0, 1, {}), request('heartbeat', 0, 2, {}))
  await client.answered(1)
  await fault.tookEffect
  assert.deepEqual(
    second.received.map(({ correlationId }) => correlationId),
    [2],
  )
})

test('hints of new leaders are ours too; in a large answer they are hidden', async () => {
  const hint = { nodeId: 1, host: 'kafka-1.example', port: 9092, rack: null }
  const records = (bytes: number) => [
    {
      topicId: 'A'.repeat(22),
      partitions: [{ partitionIndex: 0, errorCode: 0, records: Buffer.alloc(bytes, 1) }],
    },
  ]
  await using wire = await wired(({ api, version, correlationId }) => {
    if (api === 'metadata') return answer(api, version, correlationId, { brokers: [hint] })
    const responses = records(correlationId === 2 ? 10 : 1_000_000)
    return answer('fetch', version, correlationId, { responses, nodeEndpoints: [hint] })
  })
  const { client, proxy } = wire
  client.send(
    request('metadata', 12, 1, { topics: null }),
    request('fetch', 16, 2, {}),
    request('fetch', 16, 3, {}),
  )
  const [, small, large] = await client.answered(3)
  const rewritten = bodyOf('fetch', 16, small as Buffer, 5)
  assert.deepEqual(rewritten.nodeEndpoints, [{ ...hint, ...proxy.address }])
  const { nodeEndpoints, responses } = bodyOf('fetch', 16, large as Buffer, 5)
  assert.equal(nodeEndpoints, undefined)
  assert.partialDeepStrictEqual(responses, records(1_000_000))
})

test('what is not looked into is counted', async () => {
  await using wire = await wired(({ correlationId }) => {
    const bytes = Buffer.alloc(8)
    bytes.writeInt32BE(4)
    bytes.writeInt32BE(correlationId, 4)
    return bytes
  })
  const unknown = request('heartbeat', 4, 9, {})
  unknown.writeInt16BE(57, 4)
  const tooNew = request('produce', 13, 10, produced('orders'))
  tooNew.writeInt16BE(99, 6)
  wire.client.send(unknown, tooNew)
  await wire.client.answered(2)
  assert.deepEqual(
    [...wire.proxy.unknown],
    [
      ['api 57 version 4', 1],
      ['produce version 99', 1],
    ],
  )
})

test('a broker that is gone ends the client; once it is back, others get through', async () => {
  const broker = await fakeBroker(stores)
  await using proxy = await WireProxy.open({ upstream: broker.address, on: () => {} })
  using client = await fakeClient(proxy.address.port)
  client.send(request('heartbeat', 4, 1, {}))
  await client.answered(1)
  await broker[Symbol.asyncDispose]()
  await client.ended()
  using refused = await fakeClient(proxy.address.port)
  await refused.ended()
  await using _back = await fakeBroker(stores, broker.address.port)
  using next = await fakeClient(proxy.address.port)
  next.send(request('heartbeat', 4, 1, {}))
  await next.answered(1)
})

test('closing a proxy ends its connections and frees its port', async () => {
  await using broker = await fakeBroker(stores)
  const proxy = await WireProxy.open({ upstream: broker.address, on: () => {} })
  using client = await fakeClient(proxy.address.port)
  await Promise.all([client.ended(), proxy[Symbol.asyncDispose]()])
  const here = { upstream: broker.address, listener: async () => ({ bind: proxy.address }), on: () => {} }
  await using again = await WireProxy.open(here)
  assert.deepEqual(again.address, proxy.address)
  await assert.rejects(WireProxy.open(here), { code: 'EADDRINUSE' })
})

test('clients are told where they reach the proxy, which need not be where it listens', async () => {
  await using broker = await fakeBroker(({ api, version, correlationId }) =>
    answer(api as ApiName, version, correlationId, {
      brokers: [{ nodeId: 1, host: 'kafka-1.example', port: 9092 }],
    }),
  )
  const { bind } = await loopbackListener()
  const reached = { host: 'outside.example', port: 4711 }
  const listener = async () => ({ bind, reached })
  await using proxy = await WireProxy.open({ upstream: broker.address, listener, on: () => {} })
  using client = await fakeClient(bind.port)
  client.send(request('metadata', 0, 1, { topics: [] }))
  const [metadata] = await client.answered(1)
  assert.partialDeepStrictEqual(bodyOf('metadata', 0, metadata as Buffer).brokers, [reached])
  assert.deepEqual([proxy.bootstrapServers, proxy.addresses], ['outside.example:4711', [reached]])
})
