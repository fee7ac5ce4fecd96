import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../../core/until.ts'
import { decode } from './codec/decode.ts'
import type { Struct } from './codec/value.ts'
import { answer, fakeBroker, fakeClient, type Received, request } from './fixture/fake-broker.ts'
import { WireProxy } from './proxy.ts'
import type { ApiName } from './schemas/api.ts'
import { apiNamed, type Layout } from './schemas/message.ts'
import type { WireSeen } from './seen.ts'

/** A cluster's only broker that advertises another port, a proxy before it, and a client. */
async function wired(respond: (request: Received) => Buffer | undefined) {
  await using parts = new AsyncDisposableStack()
  const broker = parts.use(await fakeBroker(respond))
  const seen: WireSeen[] = []
  const proxy = parts.use(await WireProxy.open({ upstream: broker.address, on: (each) => seen.push(each) }))
  const client = parts.use(await fakeClient(proxy.port))
  const open = parts.move()
  return { broker, proxy, client, seen, [Symbol.asyncDispose]: () => open[Symbol.asyncDispose]() }
}

const produced = (topic: string, acks = -1): Struct => ({
  acks,
  timeoutMs: 1000,
  topicData: [{ name: topic, partitionData: [{ index: 0, records: batch() }] }],
})

function batch(producerId = 7): Buffer {
  const bytes = Buffer.alloc(80)
  bytes.writeInt32BE(68, 8)
  bytes.writeInt8(2, 16)
  bytes.writeBigInt64BE(BigInt(producerId), 43)
  bytes.writeInt32BE(1, 57)
  return bytes
}

/** Stores what is produced at offset 41. */
function stores({ api, version, correlationId }: Received): Buffer | undefined {
  if (api !== 'produce') return answer(api as ApiName, version, correlationId, {})
  const partitionResponses = [{ index: 0, errorCode: 0, baseOffset: 41n }]
  return answer('produce', version, correlationId, { responses: [{ name: 'orders', partitionResponses }] })
}

const bodyOf = (api: ApiName, version: number, frame: Buffer, header = 4): Struct =>
  decode(apiNamed(api).response(version) as Layout, frame.subarray(header))

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
    proxy.ports.map((port) => `127.0.0.1:${port}`),
  )
  assert.equal(new Set(proxy.ports).size, 2)
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
  assert.deepEqual(rewritten.nodeEndpoints, [{ ...hint, host: '127.0.0.1', port: proxy.port }])
  const { nodeEndpoints, responses } = bodyOf('fetch', 16, large as Buffer, 5)
  assert.equal(nodeEndpoints, undefined)
  assert.partialDeepStrictEqual(responses, records(1_000_000))
})

test('the broker stores a record and its acknowledgement is lost', async () => {
  await using wire = await wired(stores)
  const fault = wire.proxy.arm({ api: 'produce', topic: 'orders', which: 'once', act: 'drop-response' })
  wire.client.send(request('produce', 7, 1, produced('other')), request('produce', 7, 2, produced('orders')))
  wire.client.send(request('produce', 7, 3, produced('orders')))
  const answers = await wire.client.answered(2)
  assert.deepEqual(
    answers.map((each) => each.readInt32BE(0)),
    [1, 3],
  )
  assert.equal(wire.broker.received.length, 3)
  assert.partialDeepStrictEqual(await fault.bitten, {
    api: 'produce',
    clientId: 'client',
    correlationId: 2,
    topics: ['orders'],
    offsets: [{ topic: 'orders', partition: 0, offset: 41 }],
  })
})

test('a client that counts answers gets no more of them, until the fault is disarmed', async () => {
  await using wire = await wired(stores)
  const fault = wire.proxy.arm({ api: 'heartbeat', which: 'once', act: 'drop-response' })
  const software = { clientSoftwareName: 'apache-kafka-java', clientSoftwareVersion: '4.3.1' }
  wire.client.send(
    request('api-versions', 3, 1, software),
    request('heartbeat', 0, 2, {}),
    request('heartbeat', 0, 3, {}),
  )
  await fault.bitten
  await wire.client.answered(1)
  await until(() => wire.broker.received.length === 3, { what: 'three requests', deadline: 5000 })
  assert.equal(wire.client.answers.length, 1)
  fault.disarm()
  await wire.client.ended()
})

test('an error is answered by us: the broker never sees the record, and answers keep their order', async () => {
  const held: Received[] = []
  await using wire = await wired((asked) => {
    held.push(asked)
    return undefined
  })
  const fault = wire.proxy.arm({ api: 'produce', which: { nth: 2 }, act: { error: 6 } })
  wire.client.send(...[1, 2, 3].map((id) => request('produce', 9, id, produced('orders'))))
  await fault.bitten
  await until(() => held.length === 2, { what: 'two requests', deadline: 5000 })
  assert.equal(wire.client.answers.length, 0)
  assert.deepEqual(
    held.map(({ correlationId }) => correlationId),
    [1, 3],
  )
})

test('a refused request is answered in its turn, also when nothing else is under way', async () => {
  await using wire = await wired(stores)
  wire.proxy.arm({ api: 'produce', which: 'once', act: { error: 6 } })
  wire.client.send(request('produce', 9, 1, produced('orders')))
  const [refused] = await wire.client.answered(1)
  const { responses } = bodyOf('produce', 9, refused as Buffer, 5)
  assert.partialDeepStrictEqual(responses, [
    { name: 'orders', partitionResponses: [{ index: 0, errorCode: 6, baseOffset: -1n }] },
  ])
  assert.equal(wire.broker.received.length, 0)
  wire.client.send(request('produce', 9, 2, produced('orders')))
  await wire.client.answered(2)
})

test('other answers are the broker’s, with the error in them', async () => {
  await using wire = await wired(stores)
  wire.proxy.arm({ api: 'heartbeat', group: 'g', which: 'always', act: { error: 27 } })
  const member = { generationId: 1, memberId: 'm' }
  wire.client.send(request('heartbeat', 4, 1, { groupId: 'g', ...member }))
  wire.client.send(request('heartbeat', 4, 2, { groupId: 'other', ...member }))
  const codes = (await wire.client.answered(2)).map((each) => bodyOf('heartbeat', 4, each, 5).errorCode)
  assert.deepEqual(codes, [27, 0])
})

test('a request is lost, sent twice, or costs the connection', async () => {
  await using wire = await wired(stores)
  const { client, proxy, broker } = wire
  proxy.arm({ api: 'heartbeat', which: 'once', act: 'drop-request' })
  client.send(request('heartbeat', 0, 1, {}), request('heartbeat', 0, 2, {}))
  await client.answered(1)
  const twice = proxy.arm({ api: 'heartbeat', which: 'once', act: 'duplicate' })
  client.send(request('heartbeat', 0, 3, {}), request('heartbeat', 0, 4, {}))
  const ids = (await client.answered(3)).map((each) => each.readInt32BE(0))
  assert.deepEqual(ids, [2, 3, 4])
  assert.deepEqual(
    broker.received.map(({ correlationId }) => correlationId),
    [2, 3, 3, 4],
  )
  assert.equal(twice.bites.length, 1)
  const cut = proxy.arm({ api: 'heartbeat', which: 'once', act: 'disconnect' })
  client.send(request('heartbeat', 0, 5, {}))
  await client.ended()
  await cut.bitten
  assert.equal(broker.received.length, 5)
})

test('a delayed answer holds back those behind it', async () => {
  await using wire = await wired(stores)
  wire.proxy.arm({ api: 'heartbeat', which: 'once', act: { delay: 100 } })
  const begun = performance.now()
  wire.client.send(request('heartbeat', 0, 1, {}), request('heartbeat', 0, 2, {}))
  const ids = (await wire.client.answered(2)).map((each) => each.readInt32BE(0))
  assert.deepEqual(ids, [1, 2])
  assert.ok(performance.now() - begun >= 99)
})

test('no answer is waited for where none comes', async () => {
  await using wire = await wired((asked) => (asked.api === 'produce' ? undefined : stores(asked)))
  const fault = wire.proxy.arm({ api: 'heartbeat', which: 'once', act: { error: 27 } })
  wire.client.send(request('produce', 7, 1, produced('orders', 0)), request('heartbeat', 0, 1, {}))
  const [got] = await wire.client.answered(1)
  assert.equal(bodyOf('heartbeat', 0, got as Buffer).errorCode, 27)
  await fault.bitten
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
  using client = await fakeClient(proxy.port)
  client.send(request('heartbeat', 4, 1, {}))
  await client.answered(1)
  await broker[Symbol.asyncDispose]()
  await client.ended()
  using refused = await fakeClient(proxy.port)
  await refused.ended()
  await using _back = await fakeBroker(stores, broker.address.port)
  using next = await fakeClient(proxy.port)
  next.send(request('heartbeat', 4, 1, {}))
  await next.answered(1)
})

test('closing a proxy ends its connections and frees its port', async () => {
  await using broker = await fakeBroker(stores)
  const proxy = await WireProxy.open({ upstream: broker.address, on: () => {} })
  using client = await fakeClient(proxy.port)
  await Promise.all([client.ended(), proxy[Symbol.asyncDispose]()])
  const { port } = proxy
  await using again = await WireProxy.open({ upstream: broker.address, port, on: () => {} })
  assert.equal(again.port, port)
  await assert.rejects(WireProxy.open({ upstream: broker.address, port, on: () => {} }), {
    code: 'EADDRINUSE',
  })
})
