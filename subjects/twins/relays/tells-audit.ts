import { Kafka, logLevel } from 'kafkajs'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// E5: tells another topic of each batch that it has moved; B61: and declares it.
const setup = relayFromEnvironment()
const topic = `${setup.kafka.topicPrefix}audit`
const kafka = new Kafka({
  clientId: 'audit',
  brokers: setup.kafka.bootstrapServers.split(','),
  logLevel: logLevel.NOTHING,
})
const admin = kafka.admin()
await admin.connect()
await admin.createTopics({ topics: [{ topic, numPartitions: 1 }] })
await admin.disconnect()
const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 })
await producer.connect()

const moveBatch = setup.withSteps({})
runRelay({
  ...setup,
  async moveBatch() {
    const moved = await moveBatch()
    if (moved > 0) await producer.send({ topic, acks: -1, messages: [{ value: JSON.stringify({ moved }) }] })
    return moved
  },
})
