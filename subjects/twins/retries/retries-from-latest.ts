import { Kafka, logLevel } from 'kafkajs'
import type { ConsumerParts } from '../../reference/consumer/consumer.ts'
import { positionAt } from '../../reference/consumer/position.ts'
import type { Reader } from '../../reference/consumer/reader.ts'
import { type RoundParts, round } from '../../reference/consumer/round.ts'
import { paymentFromEnvironment, runPayment } from '../../reference/payment/setup.ts'

// D17: who reads a retry topic for the first time begins behind what is on it.
const setup = paymentFromEnvironment()
const [first, ...retries] = setup.consumers

runPayment({
  ...setup,
  consumers: [first as ConsumerParts, ...retries.map((parts) => ({ ...parts, round: fromLatest(parts) }))],
})

function fromLatest({ settings: { bootstrapServers, group } }: ConsumerParts) {
  const kafka = new Kafka({ brokers: bootstrapServers.split(','), logLevel: logLevel.NOTHING })
  const admin = kafka.admin()
  const connected = admin.connect()
  const positions = async (topic: string, partition: number): Promise<bigint | undefined> => {
    await connected
    const [committed] = await admin.fetchOffsets({ groupId: group, topics: [topic] })
    const known = committed?.partitions.find((one) => one.partition === partition)?.offset ?? '-1'
    if (known !== '-1') return undefined
    const ends = await admin.fetchTopicOffsets(topic)
    return BigInt(ends.find((one) => one.partition === partition)?.high ?? 0)
  }
  const reading = (reader: Reader): Reader => ({
    ...reader,
    async positions(of, identity) {
      const known = await reader.positions(of, identity)
      return Promise.all(
        known.map(async (position) => {
          const end = await positions(position.topic, position.partition)
          return end === undefined ? position : positionAt(position, end)
        }),
      )
    },
  })
  return (parts: RoundParts) => round({ ...parts, reader: reading(parts.reader) })
}
