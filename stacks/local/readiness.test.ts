import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { test } from 'node:test'
import { becomesFree, PortOccupied } from './readiness.ts'

async function listening() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port }
}

test('a port that is let go a little later is waited for', async () => {
  const { server, port } = await listening()
  setTimeout(() => server.close(), 200)
  await becomesFree('orders', port)
})

test('one that somebody else keeps is told by its number', async () => {
  const { server, port } = await listening()
  await assert.rejects(becomesFree('orders', port, 100), (error) => {
    assert.ok(error instanceof PortOccupied)
    assert.match(error.detail.what, new RegExp(`:${port}$`))
    return true
  })
  server.close()
})
