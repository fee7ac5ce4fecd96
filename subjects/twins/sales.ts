import { createServer, type IncomingMessage } from 'node:http'
import type { Pool, PoolClient } from 'pg'
import { openDatabase } from '../reference/service/database.ts'
import { host, required, whole } from '../reference/service/environment.ts'
import { log, textOf } from '../reference/service/log.ts'
import { closeOnSignal } from '../reference/service/shutdown.ts'
import { Refused } from '../reference/service/transaction.ts'

/** What a caller tells; who it is and how much, and nothing else. */
export interface Asked {
  readonly customer: string
  readonly amount: number
  readonly traceparent: string | undefined
}

export interface Sale extends Asked {
  readonly id: string
}

export interface Sales {
  place(asked: Asked): Promise<Sale>
  /** Undefined where there is no such sale. */
  change(id: string, asked: Asked): Promise<Sale | undefined>
}

export function salesDatabase(): Pool {
  return openDatabase({ url: required('DATABASE_URL'), name: 'orders', connections: 20, patience: 10_000 })
}

/** The id is the database's. */
export async function insertSale(tx: PoolClient, asked: Asked): Promise<Sale> {
  const { rows } = await tx.query<{ id: string }>(
    'INSERT INTO sales (customer, amount) VALUES ($1, $2) RETURNING id',
    [asked.customer, asked.amount],
  )
  return { ...asked, id: rows[0]?.id ?? '' }
}

export async function updateSale(tx: PoolClient, id: string, asked: Asked): Promise<Sale | undefined> {
  const { rowCount } = await tx.query('UPDATE sales SET customer = $2, amount = $3 WHERE id = $1', [
    id,
    asked.customer,
    asked.amount,
  ])
  return rowCount === 1 ? { ...asked, id } : undefined
}

export function saleEvent({ id, customer, amount, traceparent }: Sale) {
  return {
    aggregateType: 'order',
    aggregateId: id,
    eventType: 'SalePlaced',
    payload: JSON.stringify({ saleId: Number(id), customer, amount }),
    traceparent,
  }
}

/** `POST /sales` → `{ "id": … }`, `PATCH /sales/{id}` and `GET /health`. Runs until SIGTERM. */
export function serveSales(sales: Sales, database: Pool): void {
  const server = createServer((request, response) => {
    answer(sales, request)
      .catch((error) => {
        log('a command failed', { error: textOf(error) })
        return { status: error instanceof Refused ? 409 : 503, body: { error: textOf(error) } }
      })
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      })
  })
  server.listen(whole('PORT', 8080), host, () => log('taking orders', {}))
  closeOnSignal(
    async () => {
      server.close()
      server.closeIdleConnections()
    },
    () => database.end(),
  )
}

async function answer(sales: Sales, request: IncomingMessage): Promise<{ status: number; body: unknown }> {
  if (request.url === '/health') return { status: 200, body: { status: 'up' } }
  const id = /^\/sales(?:\/(\d+))?$/.exec(request.url ?? '')
  if (id === null) return { status: 404, body: { error: `there is nothing at ${request.url}` } }
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const { customer, amount } = JSON.parse(Buffer.concat(chunks).toString())
  const { traceparent } = request.headers
  const asked = { customer, amount, traceparent: typeof traceparent === 'string' ? traceparent : undefined }
  const sale = id[1] === undefined ? await sales.place(asked) : await sales.change(id[1], asked)
  if (sale === undefined) return { status: 404, body: { error: 'there is no such sale' } }
  return { status: id[1] === undefined ? 201 : 200, body: { id: Number(sale.id) } }
}
