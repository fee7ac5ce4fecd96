import { type IHeaders, Kafka, logLevel, Partitioners, type Producer } from 'kafkajs'

export interface RecordToSend {
  readonly topic: string
  readonly key: Buffer | null
  readonly value: Buffer | null
  /** In the place of the one that its key gives. */
  readonly partition?: number
  readonly headers: readonly (readonly [name: string, value: Buffer | string | null])[]
}

/** Sends records. Connects by itself, and again after every failure. */
export interface RecordProducer extends AsyncDisposable {
  /** Resolves when all in-sync replicas have the record. @throws when nobody knows whether they have. */
  send(record: RecordToSend): Promise<void>
}

/**
 * Idempotent producers with acks=all and one request in flight. Each topic has one of its own: one that can't be
 * written holds up no other. (The client that records are consumed with lost acknowledged records when idempotent
 * sends overlapped, in releases that are not a year old; so these are sent with kafkajs, under a client id of their
 * own: brokers see who asks.)
 */
export function recordProducer(bootstrapServers: string, group: string): RecordProducer {
  const kafka = new Kafka({
    clientId: `${group}-producer`,
    brokers: bootstrapServers.split(','),
    connectionTimeout: 1000,
    requestTimeout: 2000,
    retry: { retries: 1, initialRetryTime: 100, maxRetryTime: 500 },
    logLevel: logLevel.NOTHING,
  })
  const channels = new Map<string, RecordProducer>()
  return {
    send(record) {
      const channel = channels.get(record.topic) ?? oneByOne(kafka)
      channels.set(record.topic, channel)
      return channel.send(record)
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...channels.values()].map((channel) => channel[Symbol.asyncDispose]()))
    },
  }
}

/**
 * Sends one record after the other.
 *
 * After any failed send the producer is thrown away. kafkajs takes the sequence numbers of a failed request back
 * and gives them to the next one; if the broker had stored the first and only its answer got lost, it takes
 * the next request for a repetition, answers "stored" and drops it.
 */
function oneByOne(kafka: Kafka): RecordProducer {
  let current: Promise<Producer> | undefined
  let last: Promise<void> = Promise.resolve()

  const send = async ({ topic, key, value, headers, partition }: RecordToSend): Promise<void> => {
    current ??= connect(kafka)
    const connecting = current
    try {
      const producer = await connecting
      await producer.send({
        topic,
        acks: -1,
        messages: [
          { key, value, headers: headersOf(headers), ...(partition === undefined ? {} : { partition }) },
        ],
      })
    } catch (error) {
      current = undefined
      connecting.then(discard, () => {})
      throw error
    }
  }

  return {
    send(record) {
      const sent = last.then(() => send(record))
      last = sent.catch(() => {})
      return sent
    },
    async [Symbol.asyncDispose]() {
      await last
      await current?.then((producer) => producer.disconnect())
    },
  }
}

async function connect(kafka: Kafka): Promise<Producer> {
  const fresh = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
    retry: { retries: 1, initialRetryTime: 100 },
  })
  await fresh.connect().catch((error) => {
    discard(fresh)
    throw error
  })
  return fresh
}

/** kafkajs wants one entry a name; a name that occurs more often has a list. */
function headersOf(headers: RecordToSend['headers']): IHeaders {
  const groups = Map.groupBy(headers, ([name]) => name)
  return Object.fromEntries(
    [...groups].map(([name, entries]) => {
      const values = entries.map(([, value]) => value ?? Buffer.alloc(0))
      return [name, values.length === 1 ? values[0] : values]
    }),
  )
}

/** A producer in doubt may wait for answers that never come: nobody waits for it. */
function discard(producer: Producer): void {
  producer.disconnect().catch(() => {})
}
