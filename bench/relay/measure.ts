import { setTimeout as pause } from 'node:timers/promises'
import { Kafka, logLevel } from 'kafkajs'
import { Client } from 'pg'
import { until } from '../../core/until.ts'
import type { Stack } from '../../stacks/stack.ts'
import type { Contender } from './contender.ts'

export interface Measured {
  /**
   * Events a second from the first insert to the record that makes 90 % of them. Not to the last one: the library
   * leaves events whose row it could not lock at once for its lock time of 5 s, and would look slower than it is.
   */
  readonly throughput: number
  /** Milliseconds from the return of COMMIT to the consumer's callback, for single events. */
  readonly p50: number
  readonly p99: number
}

const SINGLES = 150
const WARM_UP = 20

/** One round: a new database, a new topic, the contender started, measured and ended. */
export async function measure(stack: Stack, contender: Contender, round: string): Promise<Measured> {
  await using parts = new AsyncDisposableStack()
  const database = parts.use(await stack.database(`bench_${round}`))
  const sql = new Client({ connectionString: database.url('host') })
  await sql.connect()
  parts.defer(() => sql.end())
  const topicPrefix = `bench${round}.`
  const topic = `${topicPrefix}order-events`
  const kafka = new Kafka({ brokers: [stack.kafka.bootstrapServers('host')], logLevel: logLevel.NOTHING })
  const admin = kafka.admin()
  await admin.connect()
  const topics = [topic, `__debezium-heartbeat.${topicPrefix}cdc`].map((name) => ({
    topic: name,
    numPartitions: 3,
  }))
  await admin.createTopics({ topics, waitForLeaders: true })
  await admin.disconnect()

  const seen = new Map<number, number>()
  const consumer = kafka.consumer({ groupId: topic, maxWaitTimeInMs: 5 })
  await consumer.connect()
  parts.defer(() => consumer.disconnect())
  await consumer.subscribe({ topic, fromBeginning: true })
  await consumer.run({
    eachMessage: async ({ message }) => {
      const { number } = JSON.parse(String(message.value))
      if (!seen.has(number)) seen.set(number, performance.now())
    },
  })
  parts.use(await contender.start({ stack, database, sql, topicPrefix, topic }))
  const all = (count: number) =>
    until(() => seen.size >= count, {
      what: `${count} records of ${contender.name}`,
      deadline: 120_000,
      every: 10,
    })

  const latencies: number[] = []
  for (let number = 1; number <= WARM_UP + SINGLES; number++) {
    await contender.insert(sql, number, 1)
    const committed = performance.now()
    await pause(20)
    if (number > WARM_UP) latencies.push(committed)
  }
  await all(WARM_UP + SINGLES)
  const waits = latencies.map((at, i) => (seen.get(WARM_UP + 1 + i) ?? 0) - at).sort((a, b) => a - b)

  const begun = performance.now()
  const slice = Math.ceil(contender.events / 10)
  for (let i = 0; i < 10; i++) await contender.insert(sql, WARM_UP + SINGLES + 1 + i * slice, slice)
  await all(WARM_UP + SINGLES + slice * 10)
  const most = Math.floor(slice * 10 * 0.9)
  const bulk = [...seen.values()].filter((at) => at >= begun).sort((a, b) => a - b)
  const last = bulk[most - 1] ?? Number.NaN
  const at = (share: number) =>
    waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? Number.NaN
  return { throughput: (most * 1000) / (last - begun), p50: at(0.5), p99: at(0.99) }
}
