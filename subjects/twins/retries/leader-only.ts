import { Kafka, logLevel, Partitioners } from 'kafkajs'
import { insist } from '../../reference/consumer/insist.ts'
import type { RecordProducer } from '../../reference/consumer/producer.ts'
import { payWith, sentBy } from '../failed-payment.ts'

// D22: takes a dead letter for stored when the leader has it. If the leader is lost then, so is the event.
const kafka = new Kafka({
  clientId: 'dead-letters',
  brokers: (process.env.KAFKA_BOOTSTRAP_SERVERS ?? '').split(','),
  logLevel: logLevel.NOTHING,
})
const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner })
await producer.connect()
const leaderOnly: RecordProducer = {
  async send({ topic, key, value, headers }) {
    const named = Object.fromEntries(headers.map(([name, content]) => [name, content ?? '']))
    await producer.send({ topic, acks: 1, messages: [{ key, value, headers: named }] })
  },
  [Symbol.asyncDispose]: () => producer.disconnect(),
}

payWith(({ steps, plan }) => ({
  async passOn(record, error, closing) {
    const letter = sentBy(plan, record, error)
    if (letter.topic !== plan.deadLetters) return steps.passOn(record, error, closing)
    await insist(leaderOnly, letter, closing)
  },
}))
