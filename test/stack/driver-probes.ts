import { connect } from 'node:net'
import { Kafka, logLevel, Partitioners } from 'kafkajs'
import pg from 'pg'
import { type Endpoint, endpointText } from '../../core/endpoint.ts'
import { until } from '../../core/until.ts'
import type { Database, Link, Stack } from '../../stacks/stack.ts'

/** Fresh clients, one for each question: one that has seen a fault may stay broken. */
export const plain = { createPartitioner: Partitioners.DefaultPartitioner, retry: { retries: 0 } }

/** Where our own clients connect to a link. */
export function at(link: Link): string {
  return endpointText(link.endpoint('host'))
}

/** Whether nothing answers there. */
export function refuses({ host, port }: Endpoint): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    socket.once('connect', () => {
      socket.destroy()
      resolve(false)
    })
    socket.once('error', () => resolve(true))
  })
}

export function client(broker: string, requestTimeout = 10_000): Kafka {
  return new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING, requestTimeout, retry: { retries: 2 } })
}

export async function createTopic(stack: Stack, topic: string): Promise<string> {
  const admin = client(stack.kafka.bootstrapServers('host')).admin()
  await admin.connect()
  await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true })
  await admin.disconnect()
  return topic
}

export async function topics(stack: Stack): Promise<string[]> {
  const admin = client(stack.kafka.bootstrapServers('host')).admin()
  await admin.connect()
  const found = await admin.listTopics()
  await admin.disconnect()
  return found
}

export async function endOffset(stack: Stack, topic: string): Promise<number> {
  const admin = client(stack.kafka.bootstrapServers('host')).admin()
  await admin.connect()
  const [partition] = await admin.fetchTopicOffsets(topic)
  await admin.disconnect()
  return Number(partition?.high)
}

export async function send(broker: string, topic: string, value: string): Promise<void> {
  const producer = client(broker).producer(plain)
  await producer.connect()
  await until(async () => producer.send({ topic, messages: [{ value }] }), {
    what: 'an acknowledgement',
    deadline: 10_000,
  })
  await producer.disconnect()
}

export async function theValue(url: string, query: string): Promise<unknown> {
  const session = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  session.on('error', () => {})
  await session.connect()
  try {
    return (await session.query(query)).rows[0]?.value
  } finally {
    await session.end()
  }
}

export async function sql(database: Database, query: string): Promise<void> {
  await theValue(database.url('host'), query)
}

/** A Debezium connector for one database, whose producer goes through a link. */
export function debezium(database: Database, name: string, kafka: Link): Record<string, string> {
  const { host, port } = database.endpoint('service')
  return {
    'connector.class': 'io.debezium.connector.postgresql.PostgresConnector',
    'database.hostname': host,
    'database.port': String(port),
    'database.user': database.user,
    'database.password': database.password,
    'database.dbname': database.name,
    'topic.prefix': name,
    'plugin.name': 'pgoutput',
    'slot.name': name,
    'publication.name': name,
    'publication.autocreate.mode': 'filtered',
    'table.include.list': 'public.rows',
    'snapshot.mode': 'no_data',
    'poll.interval.ms': '10',
    'producer.override.bootstrap.servers': endpointText(kafka.endpoint('service')),
  }
}

/**
 * Waits until the connector streams: rows before that are not captured. An active slot is not enough, because it is
 * active while it is created, too; the walsender's state tells the two apart.
 */
export async function replicating(database: Database): Promise<void> {
  const streams = `SELECT count(*) > 0 AS value FROM pg_replication_slots
    JOIN pg_stat_replication ON pid = active_pid
    WHERE database = '${database.name}' AND state IN ('catchup', 'streaming')`
  await until(() => theValue(database.url('host'), streams) as Promise<boolean>, {
    what: 'a streaming slot',
    deadline: 20_000,
  })
}
