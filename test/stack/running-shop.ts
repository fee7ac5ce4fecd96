import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Kafka, logLevel } from 'kafkajs'
import { Pool } from 'pg'
import { endpointText } from '../../core/endpoint.ts'
import { until } from '../../core/until.ts'
import reference from '../../eventproof.config.ts'
import type { Database, Link, RunningService, Stack } from '../../stacks/stack.ts'
import { fill } from '../../subjects/contract/placeholders.ts'

export interface SeenRecord {
  readonly key: string | null
  readonly value: string
  readonly headers: Readonly<Record<string, string>>
  readonly partition: number
}

export interface RunningShop extends AsyncDisposable {
  readonly database: Database
  /** One connection at a time, replaced when it is lost. */
  readonly sql: Pool
  readonly topic: string
  /** The relays' link to the broker. */
  readonly link: Link
  readonly relays: readonly RunningService[]
  readonly orders: RunningService
  /** Everything on the topic so far, each offset once, per partition in order. */
  readonly records: readonly SeenRecord[]
  /** Amounts on the topic for one order, in order of their first record. */
  amountsOf(id: string): number[]
  put(id: string, totalAmount: number, headers?: Record<string, string>): Promise<Response>
  /** Waits until nothing is pending. */
  drained(): Promise<void>
}

export interface ShopOptions {
  readonly relays?: number
  /** A database server of its own, to be killed. */
  readonly ownServer?: boolean
}

/** The reference services of the config on a stack that runs: a database, a topic and a link of their own. */
export async function runShop(
  stack: Stack,
  name: string,
  { relays = 1, ownServer = false }: ShopOptions = {},
): Promise<RunningShop> {
  await using parts = new AsyncDisposableStack()
  const database = parts.use(await stack.database(name, { ownServer }))
  const link = parts.use(await stack.link(`${name}-kafka`, 'kafka', 'service'))
  const sql = new Pool({ connectionString: database.url('host'), max: 1 })
  sql.on('error', () => {})
  parts.defer(() => sql.end())
  const folder = new URL('../../subjects/reference/db/', import.meta.url)
  for (const file of (await readdir(folder)).sort())
    await sql.query(await readFile(new URL(file, folder), 'utf8'))

  const kafka = new Kafka({ brokers: [stack.kafka.bootstrapServers('host')], logLevel: logLevel.NOTHING })
  const topic = `${name}.order-events`
  const admin = kafka.admin()
  await admin.connect()
  await admin.createTopics({ topics: [{ topic, numPartitions: 3 }], waitForLeaders: true })
  await admin.disconnect()
  const records: SeenRecord[] = []
  const next = new Map<number, number>()
  const retry = { initialRetryTime: 100, maxRetryTime: 1000, restartOnFailure: async () => true }
  const consumer = kafka.consumer({ groupId: name, maxWaitTimeInMs: 20, retry })
  await consumer.connect()
  parts.defer(() => consumer.disconnect())
  await consumer.subscribe({ topic, fromBeginning: true })
  await consumer.run({
    eachMessage: async ({ message, partition }) => {
      // A consumer that comes back after a fault reads again what it had not committed.
      if (Number(message.offset) < (next.get(partition) ?? 0)) return
      next.set(partition, Number(message.offset) + 1)
      const headers = Object.fromEntries(
        Object.entries(message.headers ?? {}).map(([header, value]) => [header, String(value)]),
      )
      records.push({ key: message.key?.toString() ?? null, value: String(message.value), headers, partition })
    },
  })

  const start = async (service: 'orders' | 'relay', instance: number) => {
    const { command = [], env = {} } = reference.services[service] ?? {}
    const program = { command, cwd: fileURLToPath(new URL('../../', import.meta.url)) }
    const port = await stack.port(program)
    const values = {
      'postgres.url': database.url('service'),
      'kafka.bootstrapServers': endpointText(link.endpoint('service')),
      // Nobody takes spans here.
      'otlp.endpoint': '',
      topicPrefix: `${name}.`,
      port,
    }
    const filled = Object.entries(env).map(([variable, text]) => [variable, fill(text, values)])
    return parts.use(
      await stack.service({
        name: `${name}-${service}`,
        instance,
        program,
        env: Object.fromEntries(filled),
        ready: { http: '/health' },
        deadline: 30_000,
        port,
      }),
    )
  }
  const orders = await start('orders', 0)
  const running = await Promise.all(Array.from({ length: relays }, (_, instance) => start('relay', instance)))
  const held = parts.move()
  return {
    database,
    sql,
    topic,
    link,
    relays: running,
    orders,
    records,
    amountsOf(id) {
      const own = records.filter(({ key }) => key === id)
      return [...new Set(own.map(({ value }) => JSON.parse(value).totalAmount))]
    },
    put: (id, totalAmount, headers = {}) =>
      fetch(`http://${endpointText(orders.endpoint('host'))}/orders/${id}`, {
        method: 'PUT',
        headers,
        body: JSON.stringify({ customerId: 'customer', totalAmount }),
      }),
    async drained() {
      const pending =
        'SELECT count(*)::int AS left FROM outbox_events WHERE NOT published AND parked_at IS NULL'
      await until(async () => (await sql.query(pending)).rows[0].left === 0, {
        what: 'an empty outbox',
        deadline: 30_000,
      })
      const { rows } = await sql.query('SELECT id FROM outbox_events WHERE published')
      await until(
        () => {
          const seen = new Set(records.map(({ headers }) => headers.eventId))
          return rows.every(({ id }) => seen.has(id))
        },
        { what: 'a record of every published event', deadline: 30_000 },
      )
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  }
}
