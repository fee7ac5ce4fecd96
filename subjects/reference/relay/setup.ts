import type { Pool } from 'pg'
import { answers, openDatabase } from '../service/database.ts'
import { host, required, whole } from '../service/environment.ts'
import { log } from '../service/log.ts'
import { closeOnSignal } from '../service/shutdown.ts'
import { claim } from './claim.ts'
import { healthServer } from './health.ts'
import { type Broker, type KafkaOptions, kafkaBroker } from './kafka.ts'
import { mark, park } from './mark.ts'
import { moveBatch, type Steps } from './move-batch.ts'
import { publisher } from './publisher.ts'
import { startRelay } from './relay.ts'
import { type Wake, wakeOnNotify } from './wake.ts'

/** Events in one transaction: enough to make the cost of COMMIT and of the round trips small. */
const BATCH = 1000

/** A relay that is not running yet. */
export interface RelaySetup {
  readonly database: Pool
  readonly broker: Broker
  readonly kafka: KafkaOptions
  readonly steps: Steps
  readonly moveBatch: () => Promise<number>
  /** The same batch with some steps replaced. */
  readonly withSteps: (changes: Partial<Steps>) => () => Promise<number>
  readonly wake: Wake
}

export function relayFromEnvironment(): RelaySetup {
  const url = required('DATABASE_URL')
  const kafka = kafkaFromEnvironment()
  const database = openDatabase({ url, name: 'relay', connections: 3, patience: 60_000 })
  const broker = kafkaBroker(kafka)
  const steps = {
    database,
    claim: (tx) => claim(tx, BATCH),
    publish: publisher(broker.send),
    mark,
    park,
  } satisfies Steps
  const wake = wakeOnNotify(url, whole('POLL_INTERVAL_MS', 1000))
  const withSteps = (changes: Partial<Steps>) => () => moveBatch({ ...steps, ...changes })
  return { database, broker, kafka, steps, moveBatch: withSteps({}), withSteps, wake }
}

export function kafkaFromEnvironment(): KafkaOptions {
  return {
    bootstrapServers: required('KAFKA_BOOTSTRAP_SERVERS'),
    topicPrefix: process.env.TOPIC_PREFIX ?? '',
  }
}

/** Runs until SIGTERM. */
export function runRelay(setup: RelaySetup): void {
  const { database, broker } = setup
  const relay = startRelay(setup)
  const health = healthServer({
    postgres: () => answers(database),
    kafka: () => broker.connect().then(yes, no),
  })
  const port = whole('PORT', 8080)
  health.listen(port, host, () => log('relaying events', { port }))

  closeOnSignal(
    () => relay[Symbol.asyncDispose](),
    () => broker[Symbol.asyncDispose](),
    async () => health.close().closeAllConnections(),
    () => database.end(),
  )
}

const yes = () => true
const no = () => false
