import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { log, textOf } from '../service/log.ts'
import { Refused } from '../service/transaction.ts'
import { InvalidCommand, type OrderCommand, orderCommand } from './order-command.ts'
import type { Order } from './place-order.ts'

export interface OrderServerParts {
  readonly placeOrder: (command: OrderCommand) => Promise<Order>
  readonly healthy: () => Promise<boolean>
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

/**
 * `PUT /orders/{id}` and `GET /health`.
 *
 * 2xx is given only after COMMIT was confirmed, 4xx only where nothing was committed; 503 says nothing about
 * the outcome: the caller repeats the command with the same Idempotency-Key.
 */
export function orderServer(parts: OrderServerParts): Server {
  return createServer((request, response) => {
    answer(parts, request)
      .catch(failure)
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      })
  })
}

async function answer({ placeOrder, healthy }: OrderServerParts, request: IncomingMessage): Promise<Answer> {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname
  if (path === '/health') {
    const ok = await healthy()
    return { status: ok ? 200 : 503, body: { status: ok ? 'up' : 'down' } }
  }
  const id = /^\/orders\/([^/]+)$/.exec(path)?.[1]
  if (id === undefined) return { status: 404, body: { error: `there is nothing at ${path}` } }
  if (request.method !== 'PUT') return { status: 405, body: { error: 'only PUT is understood here' } }
  const command = orderCommand(decoded(id), await jsonOf(request), {
    idempotencyKey: header(request, 'idempotency-key') ?? randomUUID(),
    traceparent: header(request, 'traceparent'),
  })
  const order = await placeOrder(command)
  return { status: order.version === 1 ? 201 : 200, body: order }
}

function failure(error: unknown): Answer {
  const body = { error: textOf(error) }
  if (error instanceof InvalidCommand) return { status: 400, body }
  if (error instanceof Refused) return { status: 409, body }
  log('a command failed', body)
  return { status: 503, body }
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  try {
    return JSON.parse(Buffer.concat(chunks).toString())
  } catch {
    throw new InvalidCommand('the body is not JSON')
  }
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    throw new InvalidCommand(`'${id}' is not a valid path segment`)
  }
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
