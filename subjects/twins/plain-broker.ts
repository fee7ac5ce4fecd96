import type { Kafka, Message, ProducerConfig } from 'kafkajs'
import { Partitioners } from 'kafkajs'
import { cloudEvent } from '../reference/relay/cloud-event.ts'
import { byTopic, kafkaClient } from '../reference/relay/kafka.ts'
import type { OutboxRow } from '../reference/relay/outbox-row.ts'
import { kafkaFromEnvironment } from '../reference/relay/setup.ts'

export interface PlainBrokerOptions {
  readonly acks?: -1 | 0 | 1
  readonly message?: (row: OutboxRow) => Message
  readonly producer?: ProducerConfig
  /** Another client than the reference's. */
  readonly client?: (bootstrapServers: string) => Kafka
}

/** One producer for the life of the process, as samples show it; what a twin needs besides is an option. */
export function plainBroker({
  acks = -1,
  message = cloudEvent,
  producer = {},
  client: clientOf = kafkaClient,
}: PlainBrokerOptions = {}) {
  const kafka = kafkaFromEnvironment()
  const client = clientOf(kafka.bootstrapServers).producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    retry: { retries: 1, initialRetryTime: 100 },
    ...producer,
  })
  let connecting: Promise<void> | undefined
  const connect = () => {
    connecting ??= client.connect().catch((error) => {
      connecting = undefined
      throw error
    })
    return connecting
  }
  return {
    connect,
    client,
    async send(rows: readonly OutboxRow[]): Promise<void> {
      await connect()
      await client.sendBatch({ acks, topicMessages: byTopic(rows, { ...kafka, message }) })
    },
  }
}
