import { readdir, readFile } from 'node:fs/promises'
import { Kafka, logLevel } from 'kafkajs'
import { until } from '../../core/until.ts'
import type { Stack } from '../../stacks/stack.ts'
import { startConsumer } from '../../subjects/reference/consumer/consumer.ts'
import { consumerSettings } from '../../subjects/reference/consumer/settings.ts'
import { orderOf } from '../../subjects/reference/fulfillment/order.ts'
import { ship } from '../../subjects/reference/fulfillment/ship.ts'
import { openDatabase } from '../../subjects/reference/service/database.ts'
import type { Contender } from './contenders.ts'

const PARTITIONS = 3
const KEYS = 500

/** One round: a new database, a new topic full of events, the consumer started. Resolves with events a second. */
export async function measure(stack: Stack, contender: Contender, round: string): Promise<number> {
  const { workers, events } = contender
  await using parts = new AsyncDisposableStack()
  const database = parts.use(await stack.database(`bench_${round}`))
  const pool = openDatabase({
    url: database.url('host'),
    name: 'fulfillment',
    connections: workers + 1,
    patience: 60_000,
  })
  parts.defer(() => pool.end())
  const folder = new URL('../../subjects/reference/db/', import.meta.url)
  for (const file of (await readdir(folder)).sort())
    await pool.query(await readFile(new URL(file, folder), 'utf8'))

  const kafka = new Kafka({ brokers: [stack.kafka.bootstrapServers('host')], logLevel: logLevel.NOTHING })
  const topic = `bench${round}.order-events`
  const admin = kafka.admin()
  await admin.connect()
  parts.defer(() => admin.disconnect())
  await admin.createTopics({ topics: [{ topic, numPartitions: PARTITIONS }], waitForLeaders: true })
  await fill(kafka, topic, events)

  let first = Number.NaN
  const handle = contender.handle({
    database: pool,
    orderOf,
    ship,
    giveUp: async (_, error) => {
      throw error
    },
  })
  const settings = consumerSettings(topic, [topic], {
    KAFKA_BOOTSTRAP_SERVERS: stack.kafka.bootstrapServers('host'),
    WORKERS: String(workers),
  })
  parts.use(
    startConsumer({
      settings,
      handle: (records, done, closing) => {
        if (Number.isNaN(first)) first = performance.now()
        return handle(records, done, closing)
      },
    }),
  )
  const committed = async () => {
    const [only] = await admin.fetchOffsets({ groupId: topic, topics: [topic] })
    return (only?.partitions ?? []).reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0)
  }
  await until(async () => (await committed()) === events, {
    what: `${events} committed events of ${contender.name}`,
    deadline: 120_000,
    every: 20,
  })
  return (events * 1000) / (performance.now() - first)
}

async function fill(kafka: Kafka, topic: string, events: number): Promise<void> {
  const producer = kafka.producer({ maxInFlightRequests: 1 })
  await producer.connect()
  for (let sent = 0; sent < events; sent += 1000) {
    const messages = Array.from({ length: Math.min(1000, events - sent) }, (_, index) => {
      const number = sent + index
      const orderId = `o-${number % KEYS}`
      return {
        key: orderId,
        value: JSON.stringify({ orderId, customerId: 'c', totalAmount: number, version: number + 1 }),
        headers: { eventId: `event-${number}`, eventType: 'OrderChanged' },
      }
    })
    await producer.send({ topic, acks: -1, messages })
  }
  await producer.disconnect()
}
