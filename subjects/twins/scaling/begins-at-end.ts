import { Kafka, logLevel } from 'kafkajs'
import { consumerSettings, text } from '../../reference/consumer/settings.ts'
import { fulfillmentFromEnvironment, runFulfillment } from '../../reference/fulfillment/setup.ts'

/** Where the group has no offset it begins behind the last record, as with `auto.offset.reset=latest`. */
const topic = `${process.env.TOPIC_PREFIX ?? ''}${text('TOPIC', 'order-events')}`
const { bootstrapServers, group: groupId } = consumerSettings(text('CONSUMER_GROUP', ''), [topic])
const admin = new Kafka({ brokers: bootstrapServers.split(','), logLevel: logLevel.NOTHING }).admin()
await admin.connect()
const [known] = await admin.fetchOffsets({ groupId, topics: [topic] })
const without = new Set(
  known?.partitions.filter(({ offset }) => Number(offset) < 0).map(({ partition }) => partition),
)
const ends = await admin.fetchTopicOffsets(topic)
const partitions = ends
  .filter(({ partition }) => without.has(partition))
  .map(({ partition, high }) => ({ partition, offset: high }))
if (partitions.length > 0) await admin.setOffsets({ groupId, topic, partitions })
await admin.disconnect()
runFulfillment(fulfillmentFromEnvironment())
