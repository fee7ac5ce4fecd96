import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { BrokerConnection, BrokerUnreachable } from './broker-connection.ts'
import { decode } from './codec/decode.ts'
import type { Struct } from './codec/value.ts'
import { answer, fakeBroker } from './fixture/fake-broker.ts'
import { FrameReader } from './frame.ts'
import { apiNamed, type Layout } from './schemas/message.ts'

/** Something that listens where a broker should. */
async function listening(answer: (socket: Socket, request: Buffer) => void) {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (request) => answer(socket, request))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.dispose]: () => void server.close(),
  }
}

/** What follows the header of a request. */
function bodyOf(frame: Buffer, version: number): Buffer {
  const reader = new FrameReader(frame, 8)
  reader.string()
  if (apiNamed('metadata').request(version)?.flexible) reader.skipTaggedFields()
  return frame.subarray(reader.at)
}

test('an answer comes back in pieces', async () => {
  using broker = await listening(async (socket, request) => {
    const answer = Buffer.alloc(12)
    answer.writeInt32BE(8)
    request.copy(answer, 4, 8, 12)
    answer.writeInt32BE(42, 8)
    for (const byte of answer) await new Promise((sent) => socket.write(Buffer.of(byte), sent))
  })
  await using connection = await BrokerConnection.open(broker.address)
  assert.equal((await connection.request(18, 0, () => {})).int32(), 42)
  assert.equal((await connection.request(18, 0, () => {})).int32(), 42)
})

test('what is no broker is an error for who asked, now and later', async () => {
  using web = await listening((socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'))
  await using connection = await BrokerConnection.open(web.address)
  // "HTTP" read as a length is more than any frame has.
  await assert.rejects(
    connection.request(18, 0, () => {}),
    RangeError,
  )
  await assert.rejects(
    connection.request(18, 0, () => {}),
    RangeError,
  )
})

test('a connection that ends, an answer to another request, no answer at all', async () => {
  using closing = await listening((socket) => socket.end())
  await using ended = await BrokerConnection.open(closing.address)
  await assert.rejects(
    ended.request(18, 0, () => {}),
    /closed the connection/,
  )

  using confused = await listening((socket) => socket.write(Buffer.from('0000000400000063', 'hex')))
  await using other = await BrokerConnection.open(confused.address)
  await assert.rejects(
    other.request(18, 0, () => {}),
    /answered request 99, expected 1/,
  )

  using silent = await listening(() => {})
  await using waiting = await BrokerConnection.open(silent.address)
  await assert.rejects(
    waiting.request(18, 0, () => {}, 50),
    { code: 'EVENTPROOF_DEADLINE_PASSED' },
  )
})

test('a question and its answer, in the words of the definitions, for plain and flexible versions', async () => {
  await using broker = await fakeBroker(({ api, version, correlationId, frame }) => {
    const asked = decode(apiNamed('metadata').request(version) as Layout, bodyOf(frame, version))
    const topics = (asked.topics as Struct[]).map(({ name }) => ({ name, partitions: [] }))
    return api === 'metadata' ? answer('metadata', version, correlationId, { topics }) : undefined
  })
  await using connection = await BrokerConnection.open(`127.0.0.1:${broker.address.port}`)
  for (const version of [4, 12]) {
    const { topics } = await connection.ask('metadata', version, { topics: [{ name: 'orders' }] })
    assert.deepEqual(
      (topics as Struct[]).map(({ name }) => name),
      ['orders'],
    )
  }
  await assert.rejects(connection.ask('metadata', 99, {}), /no version 99 of metadata/)
})

test('nobody listens', async () => {
  const broker = await listening(() => {})
  broker[Symbol.dispose]()
  await assert.rejects(BrokerConnection.open(broker.address), BrokerUnreachable)
})
