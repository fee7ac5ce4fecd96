import { CompressionTypes, Kafka, logLevel, type Message, Partitioners, type Producer } from 'kafkajs'
import { textOf } from '../service/log.ts'
import { cloudEvent } from './cloud-event.ts'
import type { OutboxRow } from './outbox-row.ts'
import { type Send, TooLarge } from './publisher.ts'

export interface KafkaOptions {
  readonly bootstrapServers: string
  readonly topicPrefix: string
  /** How a row becomes a record; the default is {@link cloudEvent}. */
  readonly message?: (row: OutboxRow) => Message
  /** compression.type of batches; the default is none. */
  readonly compression?: CompressionTypes
}

/** Where events are sent. Connects by itself, and again after every failure. */
export interface Broker extends AsyncDisposable {
  readonly send: Send
  /** Connects unless it is connected. @throws when the brokers can't be reached. */
  connect(): Promise<void>
  readonly connected: boolean
}

/**
 * An idempotent producer with acks=all and one request in flight.
 *
 * After any failed send the producer is thrown away. kafkajs takes the sequence numbers of a failed request back
 * and gives them to the next one; if the broker had stored the first and only its answer got lost, it takes
 * the next request for a repetition, answers "stored" and drops it.
 */
export function kafkaBroker(options: KafkaOptions): Broker {
  const kafka = kafkaClient(options.bootstrapServers)
  let current: Producer | undefined
  let connecting: Promise<Producer> | undefined

  const connect = async (): Promise<Producer> => {
    if (current !== undefined) return current
    connecting ??= connectFresh().finally(() => {
      connecting = undefined
    })
    return connecting
  }

  const connectFresh = async (): Promise<Producer> => {
    const fresh = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: { retries: 1, initialRetryTime: 100 },
    })
    try {
      await fresh.connect()
    } catch (error) {
      discard(fresh)
      throw error
    }
    current = fresh
    return fresh
  }

  return {
    get connected() {
      return current !== undefined
    },
    connect: async () => void (await connect()),
    async send(rows) {
      const producer = await connect()
      try {
        const { compression = CompressionTypes.None } = options
        await producer.sendBatch({ acks: -1, compression, topicMessages: byTopic(rows, options) })
      } catch (error) {
        current = undefined
        discard(producer)
        throw isTooLarge(error) ? new TooLarge(textOf(error), { cause: error }) : error
      }
    },
    async [Symbol.asyncDispose]() {
      await current?.disconnect()
    },
  }
}

/** The guide's topic: `order-events` for the aggregate type `order`. */
export function topicOf(row: OutboxRow, prefix: string): string {
  return `${prefix}${row.aggregateType.toLowerCase()}-events`
}

/** One entry a topic, records in the order of the rows. */
export function byTopic(rows: readonly OutboxRow[], { topicPrefix, message = cloudEvent }: KafkaOptions) {
  const groups = Map.groupBy(rows, (row) => topicOf(row, topicPrefix))
  return [...groups].map(([topic, group]) => ({ topic, messages: group.map((row) => message(row)) }))
}

/** A lost answer is noticed after 2 s, and a request is repeated once, with its sequence numbers. */
export function kafkaClient(bootstrapServers: string): Kafka {
  return new Kafka({
    clientId: 'relay',
    brokers: bootstrapServers.split(','),
    connectionTimeout: 1000,
    requestTimeout: 2000,
    retry: { retries: 1, initialRetryTime: 100, maxRetryTime: 500 },
    logLevel: logLevel.NOTHING,
  })
}

function isTooLarge(error: unknown): boolean {
  const { type, cause } = error as { type?: string; cause?: unknown }
  if (type === 'MESSAGE_TOO_LARGE' || type === 'RECORD_LIST_TOO_LARGE') return true
  return cause !== undefined && isTooLarge(cause)
}

/** A producer in doubt may wait for answers that never come: nobody waits for it. */
function discard(producer: Producer): void {
  producer.disconnect().catch(() => {})
}
