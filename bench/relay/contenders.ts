import { spawnSync } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Client } from 'pg'
import { until } from '../../core/until.ts'
import { fill } from '../../subjects/contract/index.ts'
import { outboxConnector } from '../../subjects/reference/connect/outbox-connector.ts'
import { node } from '../../subjects/reference/service/command.ts'
import type { Arena, Contender } from './contender.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const libraryProgram = fileURLToPath(new URL('./library-relay.mjs', import.meta.url))
const librarySchema = spawnSync(process.execPath, [libraryProgram, 'setup'], { encoding: 'utf8' }).stdout

export const reference: Contender = {
  name: 'reference relay',
  events: 30_000,
  insert: insertIntoReference,
  async start({ stack, database, sql, topicPrefix }) {
    await migrate(sql)
    const program = { command: node('subjects/reference/relay/main.ts'), cwd: root }
    const port = await stack.port(program)
    return stack.service({
      name: 'bench-relay',
      instance: 0,
      program,
      env: {
        DATABASE_URL: database.url('service'),
        KAFKA_BOOTSTRAP_SERVERS: stack.kafka.bootstrapServers('service'),
        TOPIC_PREFIX: topicPrefix,
        PORT: String(port),
      },
      ready: { http: '/health' },
      deadline: 20_000,
      port,
    })
  },
}

export const debezium: Contender = {
  name: 'Debezium',
  events: 15_000,
  insert: insertIntoReference,
  async start({ stack, database, sql, topicPrefix }) {
    await migrate(sql)
    const slot = `bench_${topicPrefix.replaceAll('.', '')}`
    const at = database.endpoint('service')
    const values = {
      'postgres.host': at.host,
      'postgres.port': at.port,
      'postgres.user': database.user,
      'postgres.password': database.password,
      'postgres.database': database.name,
      'kafka.bootstrapServers': stack.kafka.bootstrapServers('service'),
      topicPrefix,
      slot,
    }
    const settings = Object.entries(outboxConnector).map(([name, text]) => [name, fill(text, values)])
    await stack.connect.request('PUT', `/connectors/${slot}/config`, Object.fromEntries(settings))
    const slots = async (active: boolean) => {
      const { rows } = await sql.query('SELECT FROM pg_replication_slots WHERE slot_name = $1 AND active', [
        slot,
      ])
      return rows.length === (active ? 1 : 0)
    }
    await until(() => slots(true), { what: 'an active slot', deadline: 30_000 })
    return {
      async [Symbol.asyncDispose]() {
        await stack.connect.request('DELETE', `/connectors/${slot}`)
        await until(() => slots(false), { what: 'the end of the connector', deadline: 30_000 })
        await sql.query('SELECT pg_drop_replication_slot($1)', [slot])
      },
    }
  },
}

/** pg-transactional-outbox: one segment an aggregate, which is how it keeps the order. */
export function library(batch: number, interval: number): Contender {
  return {
    name: `library, ${batch} every ${interval} ms`,
    events: 1000,
    async insert(sql, from, count) {
      await sql.query(
        `INSERT INTO outbox (id, aggregate_type, aggregate_id, segment, message_type, payload)
         SELECT gen_random_uuid(), 'order', 'o-' || n % 500, 'o-' || n % 500, 'OrderChanged', ${payload}
           FROM generate_series($1::int, $2::int) AS n`,
        [from, from + count - 1],
      )
    },
    async start({ stack, database, sql, topic }: Arena) {
      await sql.query(librarySchema)
      const program = { command: ['node', libraryProgram], cwd: root }
      return stack.service({
        name: 'bench-library',
        instance: 0,
        program,
        env: {
          DATABASE_URL: database.url('service'),
          KAFKA_BOOTSTRAP_SERVERS: stack.kafka.bootstrapServers('service'),
          TOPIC: topic,
          BATCH: String(batch),
          INTERVAL_MS: String(interval),
        },
        ready: { log: /ready/ },
        deadline: 20_000,
        port: await stack.port(program),
      })
    },
  }
}

/** About 200 bytes, as an order is. */
const payload = `json_build_object('number', n, 'orderId', 'o-' || n % 500, 'customerId', 'customer', 'note', repeat('x', 120))`

async function insertIntoReference(sql: Client, from: number, count: number): Promise<void> {
  await sql.query(
    `INSERT INTO outbox_events (aggregate_type, aggregate_id, event_type, payload)
     SELECT 'order', 'o-' || n % 500, 'OrderChanged', ${payload}::text FROM generate_series($1::int, $2::int) AS n`,
    [from, from + count - 1],
  )
}

async function migrate(sql: Client): Promise<void> {
  const folder = new URL('../../subjects/reference/db/', import.meta.url)
  for (const file of (await readdir(folder)).sort())
    await sql.query(await readFile(new URL(file, folder), 'utf8'))
}
