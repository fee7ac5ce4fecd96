import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { until } from '../core/until.ts'
import { answer, request } from './fixture/fake-broker.ts'
import { piped, write } from './fixture/piped.ts'
import { apiNames } from './schemas/api.ts'
import { apiNamed } from './schemas/message.ts'

const anyBytes = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes))
const anyApi = fc.constantFrom(...apiNames).map((name) => ({ name, key: apiNamed(name).key }))
const id = fc.integer({ min: 0, max: 3 })

/** Frames with the right length around anything: a known API and version, and a body of garbage. */
const plausible = fc
  .tuple(anyApi, fc.integer({ min: 0, max: 20 }), id, anyBytes)
  .map(([api, version, id, body]) => {
    const bytes = Buffer.concat([Buffer.alloc(14), body])
    bytes.writeInt32BE(bytes.length - 4)
    bytes.writeInt16BE(api.key, 4)
    bytes.writeInt16BE(version, 6)
    bytes.writeInt32BE(id, 8)
    return bytes
  })
const whole = fc
  .tuple(fc.constantFrom('heartbeat', 'fetch', 'produce', 'offset-commit'), id)
  .map(([name, id]) => request(name as 'heartbeat', name === 'produce' || name === 'fetch' ? 9 : 4, id, {}))
const answers = fc
  .tuple(fc.constantFrom('heartbeat', 'fetch', 'offset-commit'), id)
  .map(([name, id]) => answer(name as 'heartbeat', name === 'fetch' ? 9 : 4, id, {}))
const cut = (frames: fc.Arbitrary<Buffer>) =>
  fc.tuple(frames, fc.nat(40)).map(([frame, length]) => frame.subarray(0, length))

function streams(...kinds: fc.Arbitrary<Buffer>[]) {
  const pieces = fc.array(fc.oneof(...kinds, anyBytes), { minLength: 1, maxLength: 12 })
  return fc.tuple(pieces, fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 8 }))
}

test('requests whole, cut, split and garbled: every byte arrives', async () => {
  await using wire = await piped()
  await fc.assert(
    fc.asyncProperty(streams(whole, whole, plausible, cut(whole)), async ([asked, sizes]) => {
      const { client, broker } = await wire.join()
      await write(client.socket, Buffer.concat(asked), sizes)
      client.socket.end()
      await broker.closed
      assert.deepEqual(broker.bytes(), Buffer.concat(asked))
    }),
    { numRuns: 150 },
  )
})

test('answers whole, cut, split and garbled: every byte arrives', async () => {
  await using wire = await piped()
  const asked = fc.array(whole, { maxLength: 6 })
  const said = streams(answers, answers, cut(answers))
  await fc.assert(
    fc.asyncProperty(asked, said, async (asked, [said, sizes]) => {
      const { client, broker } = await wire.join()
      const requests = Buffer.concat(asked)
      client.socket.write(requests)
      await broker.received(requests.length)
      await write(broker.socket, Buffer.concat(said), sizes)
      broker.socket.end()
      await client.closed
      assert.deepEqual(client.bytes(), Buffer.concat(said))
    }),
    { numRuns: 150 },
  )
})

test('garbage and armed faults end in no exception, and connections after it work', async () => {
  await using wire = await piped()
  const acts = [
    'drop-response',
    'drop-request',
    'duplicate',
    'disconnect',
    { error: 6 },
    { delay: 1 },
  ] as const
  for (const api of apiNames) for (const act of acts) wire.proxy.arm({ api, which: { nth: 3 }, act })
  await fc.assert(
    fc.asyncProperty(
      streams(whole, plausible),
      streams(answers, plausible),
      async ([asked, sizes], [said]) => {
        const { client, broker } = await wire.join()
        await write(client.socket, Buffer.concat(asked), sizes)
        broker.socket.end(Buffer.concat(said))
        await client.closed
      },
    ),
    { numRuns: 100 },
  )
  assert.ok(wire.proxy.gaps.size > 0)
})

test('a length that no frame has makes the connection a blind pipe, and a gap', async () => {
  await using wire = await piped()
  const { client, broker } = await wire.join()
  const hello = Buffer.from('GET / HTTP/1.1\r\n\r\n')
  client.socket.write(hello)
  await broker.received(hello.length)
  broker.socket.write(answer('heartbeat', 4, 1, {}))
  await client.received(1)
  client.socket.write(hello)
  await broker.received(2 * hello.length)
  assert.deepEqual([...wire.proxy.gaps.values()], [1])
})

test('a large frame is not held: its first half arrives before its second is sent', async () => {
  await using wire = await piped()
  const { client, broker } = await wire.join()
  const records = Buffer.alloc(24 * 1024 * 1024, 7)
  const frame = request('produce', 9, 1, {
    topicData: [{ name: 't', partitionData: [{ index: 0, records }] }],
  })
  const half = frame.length / 2
  client.socket.write(frame.subarray(0, half))
  await broker.received(Math.floor(half))
  client.socket.write(frame.subarray(half))
  await broker.received(frame.length)
  assert.ok(broker.bytes().equals(frame))
})

test('a reader that is slow slows the writer, and gets every byte as it was, in both directions', async () => {
  await using wire = await piped()
  const { client, broker } = await wire.join()
  const asked = request('fetch', 16, 1, {})
  client.socket.write(asked)
  await broker.received(asked.length)
  // No two stretches of it are alike: what was overwritten or came twice is found.
  const records = Buffer.alloc(24 * 1024 * 1024)
  for (let at = 0; at < records.length; at += 4) records.writeInt32BE(at, at)
  const said = answer('fetch', 16, 1, { responses: [{ partitions: [{ records }] }] })
  const stream = Buffer.concat([said, answer('heartbeat', 4, 2, {})])
  for (const [writer, reader] of [
    [broker, client],
    [client, broker],
  ] as const) {
    const before = reader.bytes().length
    reader.socket.pause()
    writer.socket.write(stream)
    await until(() => writer.socket.bytesWritten > 0, { what: 'the first bytes', deadline: 5000 })
    let resting = true
    const rests = setInterval(() => {
      reader.socket.resume()
      // The last of these may come when the rests are over.
      setImmediate(() => resting && reader.socket.pause())
    }, 2)
    await reader.received(before + 8 * 1024 * 1024)
    resting = false
    clearInterval(rests)
    reader.socket.resume()
    await reader.received(before + stream.length)
    assert.ok(reader.bytes().subarray(before).equals(stream))
  }
})
