import { Kafka, type KafkaMessage, logLevel } from 'kafkajs'
import type { ConsumedRecord } from '../../reference/consumer/record.ts'
import { fulfillmentFromEnvironment } from '../../reference/fulfillment/setup.ts'
import { healthServer } from '../../reference/relay/health.ts'
import { answers } from '../../reference/service/database.ts'
import { host, whole } from '../../reference/service/environment.ts'
import { log } from '../../reference/service/log.ts'
import { closeOnSignal } from '../../reference/service/shutdown.ts'

// C28: a client whose only assignor takes every partition from every member at each change of the group.
const { database, producer, consumer: reference, announce } = fulfillmentFromEnvironment()
const { bootstrapServers, group, topics, sessionTimeout, heartbeatInterval } = reference.settings

const kafka = new Kafka({ clientId: group, brokers: bootstrapServers.split(','), logLevel: logLevel.NOTHING })
const consumer = kafka.consumer({ groupId: group, sessionTimeout, heartbeatInterval })
const closing = new AbortController()
let reading = false
consumer.on(consumer.events.GROUP_JOIN, () => {
  reading = true
})

await consumer.connect()
await consumer.subscribe({ topics: [...topics], fromBeginning: true })
await consumer.run({
  autoCommit: false,
  eachBatchAutoResolve: false,
  async eachBatch({ batch: { topic, partition, messages }, resolveOffset, isStale }) {
    const records = messages.map((message) => recordOf(topic, partition, message))
    const done = new Set<ConsumedRecord>()
    await reference.handle(records, (record) => done.add(record), closing.signal)
    const last = records.at(-1)
    if (last === undefined || done.size < records.length || isStale()) return
    resolveOffset(String(last.offset))
    await consumer.commitOffsets([{ topic, partition, offset: String(last.offset + 1n) }])
  },
})

const announcing = announce()
const health = healthServer({ postgres: () => answers(database), kafka: async () => reading })
const port = whole('PORT', 8080)
health.listen(port, host, () => log('fulfilling orders', { port }))
closeOnSignal(
  () => consumer.disconnect(),
  () => announcing[Symbol.asyncDispose](),
  () => producer[Symbol.asyncDispose](),
  async () => health.close().closeAllConnections(),
  () => database.end(),
)

function recordOf(topic: string, partition: number, message: KafkaMessage): ConsumedRecord {
  const headers = Object.entries(message.headers ?? {}).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, one === undefined ? null : Buffer.from(one)] as const),
  )
  const { key, value, offset, timestamp } = message
  return { topic, partition, offset: BigInt(offset), timestamp: BigInt(timestamp), key, value, headers }
}
