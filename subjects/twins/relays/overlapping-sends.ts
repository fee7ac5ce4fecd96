import { Producer, stringSerializers } from 'platformatic-kafka-1'
import { cloudEvent } from '../../reference/relay/cloud-event.ts'
import { topicOf } from '../../reference/relay/kafka.ts'
import type { OutboxRow } from '../../reference/relay/outbox-row.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// O26: an idempotent producer of a release that gives sends which overlap the same sequence number: all are confirmed,
// one is stored. Nothing has to fail for that (platformatic/kafka #326).
const setup = relayFromEnvironment()
const { bootstrapServers, topicPrefix } = setup.kafka
const producer = new Producer({
  clientId: 'relay',
  bootstrapBrokers: bootstrapServers.split(','),
  idempotent: true,
  serializers: stringSerializers,
})

async function send(row: OutboxRow): Promise<string> {
  const { headers } = cloudEvent(row)
  const message = {
    topic: topicOf(row, topicPrefix),
    key: row.aggregateId,
    value: row.payload,
    headers: headers as Record<string, string>,
  }
  await producer.send({ acks: -1, messages: [message] })
  return row.id
}

runRelay({
  ...setup,
  moveBatch: setup.withSteps({
    async publish(rows) {
      const sent = await Promise.allSettled(rows.map(send))
      const acknowledged = sent.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      return { acknowledged, unpublishable: [] }
    },
  }),
})
