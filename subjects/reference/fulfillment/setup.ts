import type { Pool } from 'pg'
import { type ConsumerParts, startConsumer } from '../consumer/consumer.ts'
import { failed } from '../consumer/forwarded.ts'
import { insist } from '../consumer/insist.ts'
import { type RecordProducer, recordProducer } from '../consumer/producer.ts'
import { consumerSettings, text } from '../consumer/settings.ts'
import { healthServer } from '../relay/health.ts'
import { answers, openDatabase } from '../service/database.ts'
import { host, required, whole } from '../service/environment.ts'
import { log } from '../service/log.ts'
import { closeOnSignal } from '../service/shutdown.ts'
import { type Tracer, tracerFromEnvironment } from '../service/tracer.ts'
import { type Announced, startAnnouncing } from './announce.ts'
import { fulfill, type Steps } from './fulfill.ts'
import { orderOf } from './order.ts'
import { shipInSpans } from './ship-in-spans.ts'

/** A fulfillment service that is not running yet. */
export interface FulfillmentSetup {
  readonly database: Pool
  readonly tracer: Tracer
  readonly producer: RecordProducer
  readonly steps: Steps
  readonly consumer: ConsumerParts
  /** The same consumer with some steps of its work replaced. */
  readonly withSteps: (changes: Partial<Steps>) => ConsumerParts
  /** Starts to publish what is written to the outbox. */
  readonly announce: (events?: Announced) => AsyncDisposable
}

export function fulfillmentFromEnvironment(): FulfillmentSetup {
  const prefix = process.env.TOPIC_PREFIX ?? ''
  const topic = text('TOPIC', 'order-events')
  const deadLetters = prefix + text('DEAD_LETTER_TOPIC', `${topic}-dlt`)
  const group = text('CONSUMER_GROUP', 'order-fulfillment-group')
  const settings = consumerSettings(group, [prefix + topic])
  const { bootstrapServers } = settings
  const url = required('DATABASE_URL')
  // One for each worker, one to publish, one for whoever asks how it is.
  const database = openDatabase({
    url,
    name: 'fulfillment',
    connections: settings.workers + 2,
    patience: 60_000,
  })
  const producer = recordProducer(bootstrapServers, group)
  const tracer = tracerFromEnvironment('fulfillment')
  const steps: Steps = {
    database,
    orderOf,
    ship: shipInSpans(tracer),
    giveUp: (record, error, closing) =>
      insist(producer, failed(record, error, { topic: deadLetters, attempts: 1 }), closing),
  }
  const withSteps = (changes: Partial<Steps>) => ({ settings, handle: fulfill({ ...steps, ...changes }) })
  const announce = (events?: Announced) =>
    startAnnouncing({ database, url, bootstrapServers, topicPrefix: prefix, events })
  return { database, tracer, producer, steps, consumer: withSteps({}), withSteps, announce }
}

/** Runs until SIGTERM. */
export function runFulfillment({ database, tracer, producer, consumer, announce }: FulfillmentSetup): void {
  const running = startConsumer(consumer)
  const announcing = announce()
  const health = healthServer({
    postgres: () => answers(database),
    kafka: async () => running.reading,
  })
  const port = whole('PORT', 8080)
  health.listen(port, host, () => log('fulfilling orders', { port }))

  closeOnSignal(
    () => running[Symbol.asyncDispose](),
    () => announcing[Symbol.asyncDispose](),
    () => producer[Symbol.asyncDispose](),
    async () => health.close().closeAllConnections(),
    () => database.end(),
    () => tracer[Symbol.asyncDispose](),
  )
}
