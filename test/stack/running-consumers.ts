import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type Admin, type IHeaders, Kafka, logLevel } from 'kafkajs'
import { Pool } from 'pg'
import { until } from '../../core/until.ts'
import type { RunningService, ServiceEvent, Stack } from '../../stacks/stack.ts'
import { node } from '../../subjects/reference/service/command.ts'

export interface SentRecord {
  readonly key?: string | null
  readonly value: string | Buffer | null
  readonly headers?: IHeaders
  readonly partition?: number
}

export interface StoredRecord {
  readonly key: string | null
  readonly value: Buffer | null
  readonly headers: Readonly<Record<string, string>>
  readonly partition: number
  readonly offset: number
  readonly timestamp: number
}

export interface RunningConsumers extends AsyncDisposable {
  readonly name: string
  readonly prefix: string
  readonly sql: Pool
  readonly kafka: Kafka
  readonly admin: Admin
  send(topic: string, records: readonly SentRecord[]): Promise<void>
  /** Everything on a topic, by partition and offset. */
  stored(topic: string): Promise<readonly StoredRecord[]>
  /** Offsets of a group, by partition; -1 where it has none. */
  committed(group: string, topic: string): Promise<readonly number[]>
  /** Starts the main.ts of a folder of subjects/reference and waits until it is healthy. */
  start(folder: string, env: Readonly<Record<string, string>>): Promise<RunningService>
  rows(query: string): Promise<readonly Record<string, unknown>[]>
  /** How services have ended so far. */
  readonly ends: readonly ServiceEvent[]
}

/** A database, topics (without prefix → number of partitions) and whatever reference consumers a test starts. */
export async function runConsumers(
  stack: Stack,
  name: string,
  topics: Readonly<Record<string, number>>,
): Promise<RunningConsumers> {
  await using parts = new AsyncDisposableStack()
  const database = parts.use(await stack.database(name))
  const sql = new Pool({ connectionString: database.url('host'), max: 2 })
  parts.defer(() => sql.end())
  const folder = new URL('../../subjects/reference/db/', import.meta.url)
  for (const file of (await readdir(folder)).sort())
    await sql.query(await readFile(new URL(file, folder), 'utf8'))

  const prefix = `${name}.`
  const kafka = new Kafka({ brokers: [stack.kafka.bootstrapServers('host')], logLevel: logLevel.NOTHING })
  const admin = kafka.admin()
  await admin.connect()
  parts.defer(() => admin.disconnect())
  await admin.createTopics({
    topics: Object.entries(topics).map(([topic, numPartitions]) => ({
      topic: prefix + topic,
      numPartitions,
    })),
    waitForLeaders: true,
  })
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 })
  await producer.connect()
  parts.defer(() => producer.disconnect())
  let instances = 0
  const ends: ServiceEvent[] = []
  const held = parts.move()

  return {
    name,
    prefix,
    sql,
    ends,
    kafka,
    admin,
    async send(topic, records) {
      const messages = records.map(({ key = null, ...rest }) => ({ key, ...rest }))
      await producer.send({ topic: prefix + topic, acks: -1, messages })
    },
    stored: (topic) => readAll(kafka, admin, prefix + topic, `${name}-reader-${instances++}`),
    async committed(group, topic) {
      const [only] = await admin.fetchOffsets({ groupId: group, topics: [prefix + topic] })
      return (only?.partitions ?? [])
        .sort((a, b) => a.partition - b.partition)
        .map(({ offset }) => Number(offset))
    },
    async start(folder, env) {
      const program = {
        command: node(`subjects/reference/${folder}/main.ts`),
        cwd: fileURLToPath(new URL('../../', import.meta.url)),
      }
      const port = await stack.port(program)
      return held.use(
        await stack.service({
          name: `${name}-${folder}`,
          instance: instances++,
          program,
          env: {
            DATABASE_URL: database.url('service'),
            KAFKA_BOOTSTRAP_SERVERS: stack.kafka.bootstrapServers('service'),
            TOPIC_PREFIX: prefix,
            SESSION_TIMEOUT_MS: '6000',
            HEARTBEAT_INTERVAL_MS: '300',
            PORT: String(port),
            ...env,
          },
          ready: { http: '/health' },
          deadline: 30_000,
          port,
          on: (event) => {
            if (event.event === 'exited' || event.event === 'ended') ends.push(event)
          },
        }),
      )
    },
    rows: async (query) => (await sql.query(query)).rows,
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  }
}

async function readAll(kafka: Kafka, admin: Admin, topic: string, groupId: string): Promise<StoredRecord[]> {
  const ends = (await admin.fetchTopicOffsets(topic)).map(({ partition, low, high }) => ({
    partition,
    low: Number(low),
    high: Number(high),
  }))
  const expected = ends.reduce((sum, { low, high }) => sum + high - low, 0)
  const records: StoredRecord[] = []
  if (expected === 0) return records
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 50 })
  await consumer.connect()
  try {
    await consumer.subscribe({ topic, fromBeginning: true })
    await consumer.run({
      autoCommit: false,
      eachMessage: async ({ message, partition }) => {
        const headers = Object.entries(message.headers ?? {}).map(([header, value]) => [
          header,
          String(value),
        ])
        records.push({
          key: message.key?.toString() ?? null,
          value: message.value,
          headers: Object.fromEntries(headers),
          partition,
          offset: Number(message.offset),
          timestamp: Number(message.timestamp),
        })
      },
    })
    await until(() => records.length >= expected, { what: `all of ${topic}`, deadline: 30_000 })
  } finally {
    await consumer.disconnect()
  }
  return records.sort((a, b) => a.partition - b.partition || a.offset - b.offset)
}
