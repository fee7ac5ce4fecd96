import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { until } from '../../core/until.ts'
import { loopbackListener } from '../../test/stack/loopback-listener.ts'
import { Door } from './door.ts'

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

async function through(door: Door): Promise<Socket> {
  const { host, port } = door.endpoint('host')
  const socket = connect({ host, port }).on('error', () => {})
  socket.write('hello')
  const [answer] = await once(socket, 'data')
  assert.equal(String(answer), 'hello')
  return socket
}

test('a backend is of the instance through whose door its client came, for as long as it is there', async () => {
  await using place = await opened()
  const { door, other, clients } = place
  const socket = await through(door)
  const port = clients[0]?.remotePort
  assert.deepEqual([door.leads(port), other.leads(port)], [true, false])
  assert.deepEqual([door.leads(null), door.leads(undefined)], [false, false])
  socket.destroy()
  await until(() => !door.leads(port), { what: 'the door to forget it', deadline: 2000 })
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
