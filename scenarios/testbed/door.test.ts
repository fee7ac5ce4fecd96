import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { until } from '../../core/until.ts'
import { loopbackListener } from '../../test/stack/loopback-listener.ts'
import { Door } from './door.ts'

/** What a server says when a session begins: AuthenticationOk, BackendKeyData. */
const BACKEND_12345 = Buffer.from([
  0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x4b, 0, 0, 0, 12, 0, 0, 0x30, 0x39, 1, 2, 3, 4,
])

/** A database that answers what it hears, and knows the port of each client. */
async function opened() {
  const clients: Socket[] = []
  const server = createServer((socket) => {
    clients.push(socket)
    socket.on('error', () => {}).pipe(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const database = { host: '127.0.0.1', port }
  const door = await Door.open({ listener: await loopbackListener(), to: database })
  const other = await Door.open({ listener: await loopbackListener(), to: database })
  return {
    door,
    other,
    clients,
    async [Symbol.asyncDispose]() {
      await door[Symbol.asyncDispose]()
      await other[Symbol.asyncDispose]()
      server.close()
    },
  }
}

async function through(door: Door, said: string | Buffer = 'hello'): Promise<Socket> {
  const { host, port } = door.endpoint('host')
  const socket = connect({ host, port }).on('error', () => {})
  socket.write(said)
  const [answer] = await once(socket, 'data')
  assert.deepEqual(answer, Buffer.from(said))
  return socket
}

test('a backend is of the instance through whose door its client came, for as long as it is there', async () => {
  await using place = await opened()
  const { door, other, clients } = place
  const socket = await through(door)
  const session = { pid: 7, clientPort: clients[0]?.remotePort ?? 0 }
  assert.deepEqual([door.leads(session), other.leads(session)], [true, false])
  assert.deepEqual([door.leads({ pid: 7, clientPort: null }), door.leads({ pid: 7 })], [false, false])
  socket.destroy()
  await until(() => !door.leads(session), { what: 'the door to forget it', deadline: 2000 })
})

test('a backend that has told its id is known by it, wherever its client seems to come from', async () => {
  await using place = await opened()
  const { door, other, clients } = place
  const socket = await through(door, BACKEND_12345)
  await until(() => door.sessions.pids.length > 0, { what: 'the id of the backend', deadline: 2000 })
  const forwarded = { pid: 12345, clientPort: 1 }
  assert.deepEqual([door.leads(forwarded), other.leads(forwarded)], [true, false])
  assert.equal(door.leads({ pid: 7, clientPort: clients[0]?.remotePort ?? 0 }), false)
  assert.deepEqual(door.sessions, { pids: [12345], ports: [] })
  socket.destroy()
  await until(() => !door.leads(forwarded), { what: 'the door to forget it', deadline: 2000 })
})

test('a door that is closed ends what went through it and refuses more, until it is healed', async () => {
  await using place = await opened()
  const { door } = place
  assert.equal(door.led, 0)
  const socket = await through(door)
  assert.equal(door.led, 1)
  const ended = once(socket, 'close')
  assert.equal(await door.cut(), 1)
  await ended
  await assert.rejects(through(door))
  await door.heal()
  ;(await through(door)).destroy()
})
