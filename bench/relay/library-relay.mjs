// pg-transactional-outbox as its README starts it, sending with the same client settings as the reference.
// Settings: BATCH, INTERVAL_MS, DATABASE_URL, KAFKA_BOOTSTRAP_SERVERS, TOPIC. `setup` prints the SQL of its table.
import { Kafka, logLevel, Partitioners } from 'kafkajs'
import {
  DatabaseSetupExporter,
  getDisabledLogger,
  initializePollingMessageListener,
} from 'pg-transactional-outbox'

if (process.argv[2] === 'setup') {
  const names = { outboxOrInbox: 'outbox', database: 'x', schema: 'public', table: 'outbox' }
  const rest = {
    listenerRole: 'postgres',
    nextMessagesSchema: 'public',
    nextMessagesName: 'next_outbox_messages',
  }
  console.log(DatabaseSetupExporter.createPollingScript({ ...names, ...rest }, true))
  process.exit(0)
}

const { DATABASE_URL, KAFKA_BOOTSTRAP_SERVERS, TOPIC, BATCH, INTERVAL_MS } = process.env
const kafka = new Kafka({ brokers: [KAFKA_BOOTSTRAP_SERVERS], logLevel: logLevel.NOTHING })
const producer = kafka.producer({
  idempotent: true,
  maxInFlightRequests: 1,
  createPartitioner: Partitioners.DefaultPartitioner,
})
await producer.connect()

initializePollingMessageListener(
  {
    outboxOrInbox: 'outbox',
    dbListenerConfig: { connectionString: DATABASE_URL },
    settings: {
      dbSchema: 'public',
      dbTable: 'outbox',
      nextMessagesFunctionSchema: 'public',
      nextMessagesFunctionName: 'next_outbox_messages',
      enableMaxAttemptsProtection: false,
      enablePoisonousMessageProtection: false,
      nextMessagesBatchSize: Number(BATCH),
      nextMessagesPollingIntervalInMs: Number(INTERVAL_MS),
    },
  },
  {
    async handle(message) {
      const headers = { eventId: message.id, eventType: message.messageType }
      const value = JSON.stringify(message.payload)
      await producer.send({
        topic: TOPIC,
        acks: -1,
        messages: [{ key: message.aggregateId, value, headers }],
      })
    },
  },
  getDisabledLogger(),
)
console.log('ready')
