import { Kafka, logLevel, Partitioners } from 'kafkajs'
import { insist } from '../reference/consumer/insist.ts'
import type { RecordProducer } from '../reference/consumer/producer.ts'
import { payWith, sentBy } from './failed-payment.ts'

/** Takes payments as the reference does, but sends dead letters with a producer that is not idempotent. */
export async function payWithLetterProducer(acks: number): Promise<void> {
  const kafka = new Kafka({
    clientId: 'dead-letters',
    brokers: (process.env.KAFKA_BOOTSTRAP_SERVERS ?? '').split(','),
    logLevel: logLevel.NOTHING,
  })
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  await producer.connect()
  const letters: RecordProducer = {
    async send({ topic, key, value, headers }) {
      const named = Object.fromEntries(headers.map(([name, content]) => [name, content ?? '']))
      await producer.send({ topic, acks, messages: [{ key, value, headers: named }] })
    },
    [Symbol.asyncDispose]: () => producer.disconnect(),
  }

  payWith(({ steps, plan }) => ({
    async passOn(record, error, closing) {
      const letter = sentBy(plan, record, error)
      if (letter.topic !== plan.deadLetters) return steps.passOn(record, error, closing)
      await insist(letters, letter, closing)
    },
  }))
}
