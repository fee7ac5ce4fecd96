import { Partitioners, type Producer } from 'kafkajs'
import { byTopic, kafkaClient } from '../reference/relay/kafka.ts'
import type { Send } from '../reference/relay/publisher.ts'
import { kafkaFromEnvironment } from '../reference/relay/setup.ts'

/** Sends each request in a Kafka transaction; `abortFirst` says which are aborted once before they are repeated. */
export function transactionalSend(abortFirst: () => boolean = () => false): Send {
  const kafka = kafkaFromEnvironment()
  let current: Producer | undefined

  const connect = async () => {
    const fresh = kafkaClient(kafka.bootstrapServers).producer({
      transactionalId: `${kafka.topicPrefix}relay`,
      idempotent: true,
      maxInFlightRequests: 1,
      transactionTimeout: 10_000,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: { retries: 3, initialRetryTime: 100 },
    })
    await fresh.connect()
    return fresh
  }

  return async (rows) => {
    current ??= await connect()
    const producer = current
    const once = async (end: 'commit' | 'abort') => {
      const transaction = await producer.transaction()
      await transaction.sendBatch({ acks: -1, topicMessages: byTopic(rows, kafka) })
      await transaction[end]()
    }
    try {
      if (abortFirst()) await once('abort')
      await once('commit')
    } catch (error) {
      current = undefined
      producer.disconnect().catch(() => {})
      throw error
    }
  }
}
