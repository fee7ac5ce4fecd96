import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { failing, readOnly, slow } from './registry-answers.ts'
import { RegistryFront } from './registry-front.ts'

/** A registry that knows one schema, and what stands before it. */
async function opened() {
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    const body = String(await buffer(request))
    asked.push(`${request.method} ${request.url} ${body}`)
    const known = request.method === 'GET' || body.includes('known')
    response.writeHead(known ? 200 : 404).end(JSON.stringify(known ? { id: 7 } : { error_code: 40403 }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const front = await RegistryFront.open({ host: '127.0.0.1', port: (server.address() as AddressInfo).port })
  const ask = async (method: string, path: string, body?: string) => {
    const { host, port } = front.endpoint
    const response = await fetch(`http://${host}:${port}${path}`, { method, ...(body ? { body } : {}) })
    return [response.status, JSON.parse(await response.text())]
  }
  return {
    front,
    ask,
    asked,
    stop: () => server.close().closeAllConnections(),
    async [Symbol.asyncDispose]() {
      await front[Symbol.asyncDispose]()
      server.close().closeAllConnections()
    },
  }
}

test('what is asked is handed on, and what is answered comes back', async () => {
  await using at = await opened()
  assert.deepEqual(await at.ask('POST', '/a/subjects/s?normalize=true', 'known'), [200, { id: 7 }])
  assert.deepEqual(at.asked, ['POST /a/subjects/s?normalize=true known'])
  at.stop()
  const [status] = await at.ask('GET', '/subjects')
  assert.equal(status, 502)
})

test('one that fails says so to everybody, until it is told otherwise', async () => {
  await using at = await opened()
  at.front.answerBy(failing)
  assert.equal((await at.ask('GET', '/subjects'))[0], 503)
  assert.deepEqual(at.asked, [])
  at.front.answerBy(undefined)
  assert.equal((await at.ask('GET', '/subjects'))[0], 200)
})

test('one that is slow gives the right answer, and not before its time', async () => {
  await using at = await opened()
  at.front.answerBy(slow(60))
  const before = performance.now()
  assert.deepEqual(await at.ask('GET', '/subjects'), [200, { id: 7 }])
  assert.ok(performance.now() - before >= 55)
})

test('one that is read-only knows what it has, and takes nothing new', async () => {
  await using at = await opened()
  at.front.answerBy(readOnly)
  assert.deepEqual(await at.ask('POST', '/subjects/s/versions', 'known'), [200, { id: 7 }])
  assert.equal((await at.ask('POST', '/subjects/s/versions?normalize=true', 'new'))[0], 422)
  assert.equal((await at.ask('GET', '/subjects/s/versions'))[0], 200)
  assert.deepEqual(at.asked, [
    'POST /subjects/s known',
    'POST /subjects/s?normalize=true new',
    'GET /subjects/s/versions ',
  ])
})
