import { randomUUID } from 'node:crypto'
import { Kafka, logLevel, type Message, Partitioners, type RecordMetadata } from 'kafkajs'
import type { RecordPlace, RecordToWrite, RecordWriter } from '../stack.ts'

const PARTITIONER = { createPartitioner: Partitioners.DefaultPartitioner }

/** Connects a producer of single records, each acknowledged by all in-sync replicas. */
export async function openRecordWriter(bootstrapServers: string): Promise<RecordWriter> {
  const kafka = new Kafka({
    clientId: 'eventproof-load',
    brokers: bootstrapServers.split(','),
    logLevel: logLevel.NOTHING,
  })
  const producer = kafka.producer(PARTITIONER)
  await producer.connect()
  return {
    async write(topic, record) {
      return placeOf(await producer.send({ topic, acks: -1, messages: [messageOf(record)] }))
    },
    async open(topic, record) {
      const own = kafka.producer({ ...PARTITIONER, transactionalId: randomUUID(), maxInFlightRequests: 1 })
      try {
        await own.connect()
        const transaction = await own.transaction()
        const place = placeOf(await transaction.send({ topic, acks: -1, messages: [messageOf(record)] }))
        const abort = async () => {
          await transaction.abort()
          await own.disconnect()
        }
        return { ...place, abort }
      } catch (error) {
        await own.disconnect()
        throw error
      }
    },
    [Symbol.asyncDispose]: () => producer.disconnect(),
  }
}

/** What was read from a log is written as it was: also keys, values and headers whose bytes are no text. */
export function messageOf({ key, value, headers, partition }: RecordToWrite): Message {
  return {
    key: key === null ? null : bytesOf(key),
    value: value === null ? null : bytesOf(value),
    headers: Object.fromEntries(Object.entries(headers ?? {}).map(([name, text]) => [name, bytesOf(text)])),
    ...(partition === undefined ? {} : { partition }),
  }
}

const BYTES = 'base64:'

function bytesOf(text: string | Buffer): Buffer {
  if (typeof text !== 'string') return text
  return text.startsWith(BYTES) ? Buffer.from(text.slice(BYTES.length), 'base64') : Buffer.from(text)
}

/** @throws where nothing was stored: kafkajs leaves out what is for a partition that it does not know */
function placeOf([stored]: readonly RecordMetadata[]): RecordPlace {
  if (stored?.baseOffset === undefined)
    throw new Error('the broker stored no record: nobody knows its partition')
  return { partition: stored.partition, offset: Number(stored.baseOffset) }
}
