// A shop: takes purchases over HTTP and announces each on Kafka, by an outbox table in the same transaction.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { json } from 'node:stream/consumers'
import { Kafka, logLevel } from 'kafkajs'
import pg from 'pg'

const { DATABASE_URL, KAFKA_BROKERS, PORT } = process.env
const pool = new pg.Pool({ connectionString: DATABASE_URL })
pool.on('error', (error) => console.error('database', error.message))
// A client that is in use when its connection ends tells that, too, beside the query that fails.
pool.on('connect', (client) => client.on('error', () => {}))
const kafka = new Kafka({ clientId: 'shop', brokers: KAFKA_BROKERS.split(','), logLevel: logLevel.ERROR })

await pool.query(`
  SELECT pg_advisory_xact_lock(1);
  CREATE TABLE IF NOT EXISTS purchases (
    id bigserial PRIMARY KEY, customer text NOT NULL, total integer NOT NULL, made_at timestamptz DEFAULT now());
  CREATE TABLE IF NOT EXISTS outgoing (
    id uuid PRIMARY KEY, number bigserial, purchase_id bigint NOT NULL, body jsonb NOT NULL, sent_at timestamptz,
    refused_at timestamptz);
  CREATE INDEX IF NOT EXISTS outgoing_waiting ON outgoing (number) WHERE sent_at IS NULL AND refused_at IS NULL;`)

async function inTransaction(work) {
  const client = await pool.connect()
  let broken
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((cause) => {
      broken = cause
    })
    throw error
  } finally {
    client.release(broken)
  }
}

const purchase = ({ customer, total }) =>
  inTransaction(async (client) => {
    const insert = 'INSERT INTO purchases (customer, total) VALUES ($1, $2) RETURNING id'
    const { rows } = await client.query(insert, [customer, total])
    const [{ id }] = rows
    const body = { purchase: Number(id), customer, total }
    await client.query('INSERT INTO outgoing (id, purchase_id, body) VALUES ($1, $2, $3)', [
      randomUUID(),
      id,
      body,
    ])
    return Number(id)
  })

// One producer for as long as it never failed. kafkajs takes a sequence number back where a request failed, and gives it
// to the next record: a broker that had stored the first one drops the second as its copy.
let producer

async function send(messages) {
  if (producer === undefined) {
    const next = kafka.producer({ idempotent: true, maxInFlightRequests: 1, retry: { retries: 5 } })
    await next.connect()
    producer = next
  }
  try {
    await producer.send({ topic: 'purchases', messages })
  } catch (error) {
    const failed = producer
    producer = undefined
    failed.disconnect().catch(() => {})
    throw error
  }
}

const recordOf = ({ id, purchase_id, body }) => ({
  key: String(purchase_id),
  value: JSON.stringify(body),
  headers: { 'message-id': id, 'message-type': 'purchased' },
})

// What the broker will never take is put aside, where somebody finds it; else it would hold up all that comes after it.
const NEVER = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD'])

async function sendEach(rows) {
  const refused = []
  for (const row of rows)
    try {
      await send([recordOf(row)])
    } catch (error) {
      if (!NEVER.has(error.type ?? error.cause?.type)) throw error
      refused.push(row.id)
    }
  return refused
}

async function sendAll(rows) {
  try {
    await send(rows.map(recordOf))
    return []
  } catch (error) {
    if (!NEVER.has(error.type ?? error.cause?.type)) throw error
    return sendEach(rows)
  }
}

const publish = () =>
  inTransaction(async (client) => {
    const { rows } = await client.query(
      `SELECT id, purchase_id, body FROM outgoing WHERE sent_at IS NULL AND refused_at IS NULL
       ORDER BY number LIMIT 50 FOR UPDATE SKIP LOCKED`,
    )
    if (rows.length === 0) return 0
    const refused = await sendAll(rows)
    const sent = rows.map(({ id }) => id).filter((id) => !refused.includes(id))
    await client.query('UPDATE outgoing SET sent_at = now() WHERE id = ANY ($1)', [sent])
    await client.query('UPDATE outgoing SET refused_at = now() WHERE id = ANY ($1)', [refused])
    return rows.length
  })

const server = createServer(async (request, response) => {
  const answer = (status, body) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  if (request.url === '/healthz') return answer(200, { ok: true })
  if (request.method !== 'POST' || request.url !== '/purchases') return answer(404, {})
  try {
    answer(201, { id: await purchase(await json(request)) })
  } catch (error) {
    answer(500, { error: error.message })
  }
}).listen(Number(PORT), '127.0.0.1')

let ending = false
for (const signal of ['SIGTERM', 'SIGINT'])
  process.on(signal, () => {
    ending = true
    server.close()
  })

while (!ending) {
  const sent = await publish().catch((error) => {
    console.error('relay', error.message)
    return 0
  })
  if (sent === 0) await new Promise((resolve) => setTimeout(resolve, 100))
}
await producer?.disconnect()
await pool.end()
process.exit()
