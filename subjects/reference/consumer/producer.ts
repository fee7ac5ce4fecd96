import { type IHeaders, Kafka, logLevel, Partitioners, type Producer } from 'kafkajs'

export interface RecordToSend {
  readonly topic: string
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly (readonly [name: string, value: Buffer | string | null])[]
}

/** Sends records. Connects by itself, and again after every failure. */
export interface RecordProducer extends AsyncDisposable {
  /** Resolves when all in-sync replicas have the record. @throws when nobody knows whether they have. */
  send(record: RecordToSend): Promise<void>
}

/**
 * An idempotent producer with acks=all and one request in flight. Producers of one process are shared: sends that
 * are asked for while one is under way follow it.
 *
 * Records are consumed with another client, whose producer loses acknowledged records when idempotent sends overlap.
 * After any failed send the producer is thrown away, since kafkajs gives the sequence numbers of a failed request to
 * the next one; if the broker had stored the first, it takes the next for a repetition and drops it.
 */
export function recordProducer(bootstrapServers: string, clientId: string): RecordProducer {
  const kafka = new Kafka({
    clientId,
    brokers: bootstrapServers.split(','),
    connectionTimeout: 1000,
    requestTimeout: 2000,
    retry: { retries: 1, initialRetryTime: 100, maxRetryTime: 500 },
    logLevel: logLevel.NOTHING,
  })
  let current: Promise<Producer> | undefined
  let last: Promise<void> = Promise.resolve()

  const connect = async (): Promise<Producer> => {
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

  const send = async ({ topic, key, value, headers }: RecordToSend): Promise<void> => {
    current ??= connect()
    const connecting = current
    try {
      const producer = await connecting
      await producer.send({ topic, acks: -1, messages: [{ key, value, headers: headersOf(headers) }] })
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
