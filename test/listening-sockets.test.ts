import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { isLoopback, listeningSockets } from './listening-sockets.ts'

test('what a process listens on is told, and whether others can reach it', {
  skip: process.platform !== 'linux',
}, async () => {
  const hosts = ['127.0.0.1', '0.0.0.0'] as const
  for (const host of hosts) {
    const server = createServer().listen(0, host)
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const own = listeningSockets([String(process.pid)]).filter((each) => each.port === port)
    assert.deepEqual(own.map(isLoopback), [host === '127.0.0.1'])
    server.close()
  }
  assert.deepEqual(listeningSockets(['0']), [])
})
