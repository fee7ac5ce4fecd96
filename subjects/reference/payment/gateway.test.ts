import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { Rejected } from '../consumer/failure.ts'
import { GatewayUnavailable, httpGateway } from './gateway.ts'

const payment = { eventId: 'e-1', paymentId: 'p-1', amount: 5, traceparent: '00-a-b-01' }

async function serving(answer: RequestListener) {
  const server = createServer(answer)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.close().closeAllConnections()
    },
  }
}

test('sends the event id as Idempotency-Key, and the trace', async () => {
  let seen: unknown
  await using server = await serving(({ headers, method }, response) => {
    seen = [method, headers['idempotency-key'], headers.traceparent]
    response.end()
  })
  await httpGateway(server.url, 1000)(payment)
  assert.deepEqual(seen, ['POST', 'e-1', '00-a-b-01'])
})

test('4xx is final, but for 408 and 429; all else may work another time', async () => {
  let status = 0
  await using server = await serving((_, response) => void response.writeHead(status).end('{"error":"x"}'))
  const charge = httpGateway(server.url, 1000)
  const expected = {
    400: Rejected,
    404: Rejected,
    422: Rejected,
    408: GatewayUnavailable,
    429: GatewayUnavailable,
  }
  for (const [code, error] of Object.entries({
    ...expected,
    500: GatewayUnavailable,
    503: GatewayUnavailable,
  })) {
    status = Number(code)
    await assert.rejects(charge(payment), error)
  }
})

test('no answer is no answer', async () => {
  await using mute = await serving(() => {})
  await assert.rejects(httpGateway(mute.url, 50)(payment), GatewayUnavailable)
  const { url } = mute
  await mute[Symbol.asyncDispose]()
  await assert.rejects(httpGateway(url, 1000)(payment), GatewayUnavailable)
})
