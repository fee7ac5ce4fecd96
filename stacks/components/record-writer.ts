import { Kafka, logLevel, Partitioners } from 'kafkajs'
import type { RecordWriter } from '../stack.ts'

/** Connects a producer of single records, each acknowledged by all in-sync replicas. */
export async function openRecordWriter(bootstrapServers: string): Promise<RecordWriter> {
  const kafka = new Kafka({
    clientId: 'eventproof-load',
    brokers: bootstrapServers.split(','),
    logLevel: logLevel.NOTHING,
  })
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  return {
    async write(topic, { key, value, headers, partition }) {
      const message = {
        key: key === null ? null : Buffer.from(key),
        value: value === null ? null : Buffer.from(value),
        headers: { ...headers },
        ...(partition === undefined ? {} : { partition }),
      }
      const [stored] = await producer.send({ topic, acks: -1, messages: [message] })
      return { partition: stored?.partition ?? -1, offset: Number(stored?.baseOffset ?? -1) }
    },
    [Symbol.asyncDispose]: () => producer.disconnect(),
  }
}
