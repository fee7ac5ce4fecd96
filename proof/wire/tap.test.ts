import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { until } from '../../core/until.ts'
import type { ClientRequest } from './request.ts'
import { Tap } from './tap.ts'

const load = createRequire(import.meta.url)
const encodeRequest = load('kafkajs/src/protocol/request')

async function produce(acks: number): Promise<Buffer> {
  const messages = [{ key: null, value: Buffer.from('v'.repeat(1000)), headers: {} }]
  const topicData = [{ topic: 't', partitions: [{ partition: 0, firstSequence: 0, messages }] }]
  const request = load('kafkajs/src/protocol/requests/produce/v7/request')({ acks, timeout: 1, topicData })
  return (await encodeRequest({ correlationId: 1, clientId: 'c', request })).buffer
}

/** A broker that answers with the same bytes in reverse, and a tap before it. */
async function tapped() {
  await using parts = new AsyncDisposableStack()
  const broker = createServer((socket) => {
    socket.on('data', (chunk) => socket.write(Buffer.from(chunk).reverse()))
    socket.on('error', () => {})
  })
  await once(broker.listen(0, '127.0.0.1'), 'listening')
  parts.defer(() => void broker.close())
  const free = createServer().listen(0, '127.0.0.1')
  await once(free, 'listening')
  const { port } = free.address() as AddressInfo
  await new Promise((resolve) => free.close(resolve))
  const requests: ClientRequest[] = []
  const upstreamPort = (broker.address() as AddressInfo).port
  const tap = parts.use(
    await Tap.open({ port, upstreamPort, onRequest: (request) => requests.push(request) }),
  )
  const open = parts.move()
  return { port, broker, tap, requests, [Symbol.asyncDispose]: () => open[Symbol.asyncDispose]() }
}

async function join(port: number): Promise<Socket> {
  const client = connect({ port, host: '127.0.0.1', noDelay: true })
  client.on('error', () => {})
  await once(client, 'connect')
  return client
}

/** Sends one chunk after the other, each once the answer to the one before is there. */
async function talk(client: Socket, chunks: readonly Buffer[]): Promise<void> {
  for (const chunk of chunks) {
    const answer: Buffer[] = []
    const whole = new Promise<void>((resolve) => {
      client.on('data', function take(part) {
        answer.push(part)
        if (Buffer.concat(answer).length < chunk.length) return
        client.off('data', take)
        resolve()
      })
    })
    client.write(chunk)
    await whole
    const sorted = (bytes: Buffer) => Buffer.from(bytes).sort()
    const back = Buffer.concat(answer)
    // The broker reverses what one read gave it: small chunks come whole.
    if (chunk.length <= 1024) assert.deepEqual(back, Buffer.from(chunk).reverse())
    else assert.deepEqual(sorted(back), sorted(chunk))
  }
}

test('bytes pass unchanged in both directions, requests are read whatever the chunks', async () => {
  await using wire = await tapped()
  const frame = await produce(1)
  const lengths = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(lengths, async (lengths) => {
      wire.requests.length = 0
      const client = await join(wire.port)
      const stream = Buffer.concat([frame, frame])
      const chunks: Buffer[] = []
      for (let at = 0, i = 0; at < stream.length; at += lengths[i++ % lengths.length] as number) {
        chunks.push(stream.subarray(at, at + (lengths[i % lengths.length] as number)))
      }
      await talk(client, chunks)
      client.destroy()
      assert.equal(wire.requests.length, 2)
      for (const read of wire.requests) {
        assert.partialDeepStrictEqual(read, {
          api: 'produce',
          request: { clientId: 'c', acks: 1, topics: ['t'] },
        })
      }
    }),
    { numRuns: 10 },
  )
})

test('garbage passes, and what comes after it', async () => {
  await using wire = await tapped()
  const chunks = fc.array(fc.uint8Array({ minLength: 1, maxLength: 1000 }), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(chunks, async (chunks) => {
      const client = await join(wire.port)
      await talk(client, [...chunks.map((chunk) => Buffer.from(chunk)), await produce(-1)])
      client.destroy()
    }),
    { numRuns: 20 },
  )
})

test('megabytes pass through a client that reads slowly', async () => {
  await using wire = await tapped()
  const client = await join(wire.port)
  const size = 8 * 1024 * 1024
  client.pause()
  client.write(Buffer.alloc(size, 1))
  let received = 0
  client.on('data', (chunk) => {
    received += chunk.length
    client.pause()
    setImmediate(() => client.resume())
  })
  client.resume()
  await until(() => received === size, { what: 'all bytes to come back', deadline: 10_000 })
})

test('a request that can’t be read hides no later one', async () => {
  await using wire = await tapped()
  const cut = (await produce(-1)).subarray(0, 40)
  cut.writeInt32BE(36)
  const client = await join(wire.port)
  await talk(client, [cut, await produce(0)])
  assert.deepEqual(
    wire.requests.map((read) => read.api === 'produce' && read.request.acks),
    [0],
  )
})

test('a broker that is gone ends the client, and the tap goes on', async () => {
  await using wire = await tapped()
  const { port: upstream } = wire.broker.address() as AddressInfo
  await new Promise((resolve) => wire.broker.close(resolve))
  const refused = await join(wire.port)
  await once(refused, 'close')
  await once(wire.broker.listen(upstream, '127.0.0.1'), 'listening')
  await talk(await join(wire.port), [Buffer.from('again')])
})

test('closing a tap ends its connections and frees its port', async () => {
  await using wire = await tapped()
  const client = await join(wire.port)
  await talk(client, [Buffer.from('hello')])
  await Promise.all([once(client, 'close'), wire.tap[Symbol.asyncDispose]()])
  const next = createServer().listen(wire.port, '127.0.0.1')
  await once(next, 'listening')
  next.close()
})
