import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Struct } from './codec/value.ts'
import type { InjectedWireFault, WireAct } from './fault.ts'
import { answer, request } from './fixture/fake-broker.ts'
import { piped, write } from './fixture/piped.ts'
import { bodyOf } from './fixture/wired.ts'

const HINT = { nodeId: 1, host: 'kafka-1.example', port: 9092, rack: null }

/** An answer that is too large to be held, and names a broker at its end. */
function largeAnswer(id: number): Buffer {
  const partitions = [{ partitionIndex: 0, errorCode: 0, records: Buffer.alloc(70_000, 1) }]
  const responses = [{ topicId: 'A'.repeat(22), partitions }]
  return answer('fetch', 16, id, { responses, nodeEndpoints: [HINT] })
}

test('wherever a large answer is cut, no address passes, and nothing else is changed', async () => {
  await using wire = await piped()
  const { client, broker } = await wire.join()
  const fetch = request('fetch', 16, 1, {})
  const said = largeAnswer(1)
  let asked = 0
  let got = 0
  for (let tail = 1; tail < 60; tail++) {
    client.socket.write(fetch)
    asked += fetch.length
    await broker.received(asked)
    broker.socket.write(said.subarray(0, -tail))
    await client.received(got + said.length - tail)
    broker.socket.write(said.subarray(-tail))
    await client.received(got + said.length)
    const arrived = client.bytes().subarray(got + 4, got + said.length)
    got += said.length
    assert.equal(bodyOf('fetch', 16, arrived, 5).nodeEndpoints, undefined, `cut ${tail} bytes before its end`)
    const changed = [...arrived].filter((byte, at) => byte !== said[at + 4]).length
    assert.equal(changed, 1)
  }
  assert.deepEqual([...wire.proxy.gaps], [])
})

test('a large answer that can’t be read is a gap: an address may have passed', async () => {
  await using wire = await piped()
  const { client, broker } = await wire.join()
  const asked = request('fetch', 16, 1, {})
  client.socket.write(asked)
  await broker.received(asked.length)
  const said = largeAnswer(1)
  // More topics than the answer could hold.
  said.fill(0xff, 19, 23)
  broker.socket.write(said)
  await client.received(said.length)
  assert.ok(client.bytes().equals(said))
  assert.deepEqual([...wire.proxy.gaps.values()], [1])
})

type Exchange = 'heartbeat' | 'metadata' | 'fetch'
const VERSIONS = { heartbeat: 4, metadata: 12, fetch: 16 } as const

/** What a broker answers, or what becomes of that behind a proxy at this address. */
function answerTo(kind: Exchange, id: number, content: Buffer, at: { host: string; port: number }): Buffer {
  const broker = { ...HINT, ...at }
  const bodies: Record<Exchange, Struct> = {
    heartbeat: {},
    metadata: { brokers: [broker], clusterId: content.toString('hex') },
    fetch: {
      responses: [{ topicId: 'A'.repeat(22), partitions: [{ partitionIndex: 0, records: content }] }],
      nodeEndpoints: [broker],
    },
  }
  return answer(kind, VERSIONS[kind], id, bodies[kind])
}

test('what is rewritten, dropped, refused or doubled is just that: every other byte passes as it came', async () => {
  await using wire = await piped()
  const ours = wire.proxy.address
  const theirs = { host: HINT.host, port: HINT.port }
  {
    // The cluster has one broker, which is behind the proxy's own listener.
    const { client, broker } = await wire.join()
    const asked = request('metadata', VERSIONS.metadata, 0, {})
    client.socket.write(asked)
    await broker.received(asked.length)
    broker.socket.write(answerTo('metadata', 0, Buffer.alloc(0), theirs))
    await client.received(1)
    client.socket.end()
  }
  const exchanges = fc.array(
    fc.tuple(fc.constantFrom<Exchange>('heartbeat', 'metadata', 'fetch'), fc.uint8Array({ maxLength: 90 })),
    { minLength: 1, maxLength: 10 },
  )
  const act = fc.constantFrom<WireAct>(
    'drop-request',
    'drop-response',
    'duplicate',
    { error: 27 },
    { delay: 1 },
  )
  const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(
      exchanges,
      act,
      fc.integer({ min: 1, max: 4 }),
      sizes,
      async (kinds, act, nth, sizes) => {
        using _fault = disarming(wire.proxy.arm({ api: 'heartbeat', which: { nth }, act }))
        const { client, broker } = await wire.join()
        const lines = kinds.map(([kind, content], i) => {
          const before = kinds.slice(0, i).filter(([one]) => one === 'heartbeat').length
          const hit = kind === 'heartbeat' && before === nth - 1 ? act : undefined
          const asked = request(kind, VERSIONS[kind], i, {})
          const said = answerTo(kind, i, Buffer.from(content), theirs)
          const seen = answerTo(kind, i, Buffer.from(content), ours)
          if (hit === 'drop-request') return { asked, passed: [], said: [], seen: [] }
          if (hit === 'drop-response') return { asked, passed: [asked], said: [said], seen: [] }
          if (hit === 'duplicate') return { asked, passed: [asked, asked], said: [said, said], seen: [seen] }
          if (typeof hit === 'object' && 'error' in hit) {
            const refused = answer('heartbeat', VERSIONS.heartbeat, i, { errorCode: hit.error })
            return { asked, passed: [asked], said: [said], seen: [refused] }
          }
          return { asked, passed: [asked], said: [said], seen: [seen] }
        })
        const passed = Buffer.concat(lines.flatMap((line) => line.passed))
        const seen = Buffer.concat(lines.flatMap((line) => line.seen))
        await write(client.socket, Buffer.concat(lines.map((line) => line.asked)), sizes)
        await broker.received(passed.length)
        await write(broker.socket, Buffer.concat(lines.flatMap((line) => line.said)), sizes)
        await client.received(seen.length)
        client.socket.end()
        await broker.closed
        assert.deepEqual(broker.bytes(), passed)
        assert.deepEqual(client.bytes(), seen)
      },
    ),
    { numRuns: 150 },
  )
  assert.deepEqual([...wire.proxy.gaps], [])
})

function disarming(armed: InjectedWireFault): Disposable {
  return { [Symbol.dispose]: () => armed.disarm() }
}
