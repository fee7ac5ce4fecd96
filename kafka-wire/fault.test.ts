import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../core/until.ts'
import { type Received, request } from './fixture/fake-broker.ts'
import { bodyOf, produced, stores, wired } from './fixture/wired.ts'

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
  assert.partialDeepStrictEqual(await fault.tookEffect, {
    api: 'produce',
    clientId: 'client',
    correlationId: 2,
    topics: ['orders'],
    offsets: [{ topic: 'orders', partition: 0, offset: 41 }],
  })
})

for (const [act, arrive] of [
  ['drop-response', 3],
  ['drop-request', 2],
] as const)
  test(`${act}: a client that counts answers gets no more of them, until the fault is disarmed`, async () => {
    await using wire = await wired(stores)
    const fault = wire.proxy.arm({ api: 'heartbeat', which: 'once', act })
    const software = { clientSoftwareName: 'apache-kafka-java', clientSoftwareVersion: '4.3.1' }
    wire.client.send(
      request('api-versions', 3, 1, software),
      request('heartbeat', 0, 2, {}),
      request('heartbeat', 0, 3, {}),
    )
    await fault.tookEffect
    await wire.client.answered(1)
    await until(() => wire.broker.received.length === arrive, { what: `${arrive} requests`, deadline: 5000 })
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
  await fault.tookEffect
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
  assert.equal(twice.effects.length, 1)
  const cut = proxy.arm({ api: 'heartbeat', which: 'once', act: 'disconnect' })
  client.send(request('heartbeat', 0, 5, {}))
  await client.ended()
  await cut.tookEffect
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
  await fault.tookEffect
})
