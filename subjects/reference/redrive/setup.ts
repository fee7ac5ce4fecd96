import type { Pool } from 'pg'
import { type ConsumerParts, startConsumer } from '../consumer/consumer.ts'
import { type RecordProducer, recordProducer } from '../consumer/producer.ts'
import { consumerSettings, text } from '../consumer/settings.ts'
import { answers, openDatabase } from '../service/database.ts'
import { host, required, whole } from '../service/environment.ts'
import { log } from '../service/log.ts'
import { closeOnSignal } from '../service/shutdown.ts'
import { waiting } from './archive.ts'
import { every } from './every.ts'
import { intake } from './intake.ts'
import { type Release, release } from './release.ts'
import { redriveServer } from './server.ts'

/** Milliseconds between two looks for letters that came back too often. */
const PARK_INTERVAL = 1000

/** A redrive service that is not running yet. */
export interface RedriveSetup {
  readonly database: Pool
  readonly producer: RecordProducer
  readonly consumer: ConsumerParts
  readonly release: Release
  /** Milliseconds between two redrives of all that waits; 0: nothing goes back without approval. */
  readonly interval: number
}

export function redriveFromEnvironment(): RedriveSetup {
  const prefix = process.env.TOPIC_PREFIX ?? ''
  const topic = text('TOPIC', 'payment-events')
  const deadLetters = prefix + text('DEAD_LETTER_TOPIC', `${topic}-dlt`)
  const settings = consumerSettings(text('CONSUMER_GROUP', 'payment-redrive-group'), [deadLetters])
  const database = openDatabase({
    url: required('DATABASE_URL'),
    name: 'redrive',
    connections: settings.workers + 4,
    patience: 60_000,
  })
  const producer = recordProducer(settings.bootstrapServers, settings.group)
  return {
    database,
    producer,
    consumer: { settings, handle: intake(database, prefix + topic) },
    release: release({
      database,
      producer,
      parkingLot: prefix + text('PARKING_LOT_TOPIC', `${topic}-parking-lot`),
      mostRedrives: whole('MAX_REDRIVES', 3),
    }),
    interval: whole('REDRIVE_INTERVAL_MS', 60_000),
  }
}

/** Runs until SIGTERM. */
export function runRedrive({ database, producer, consumer, release, interval }: RedriveSetup): void {
  const running = startConsumer(consumer)
  const parking = every(PARK_INTERVAL, 'park', () => release.park())
  const schedule = interval === 0 ? undefined : every(interval, 'redrive', () => release.redrive('schedule'))
  const server = redriveServer({
    waiting: () => waiting(database),
    redrive: release.redrive,
    healthy: async () => ({ postgres: await answers(database), kafka: running.reading }),
  })
  const port = whole('PORT', 8080)
  server.listen(port, host, () => log('minding dead letters', { port, interval }))

  closeOnSignal(
    () => running[Symbol.asyncDispose](),
    () => Promise.all([parking, schedule].map((one) => one?.[Symbol.asyncDispose]())),
    () => producer[Symbol.asyncDispose](),
    async () => server.close().closeAllConnections(),
    () => database.end(),
  )
}
