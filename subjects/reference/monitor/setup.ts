import { text } from '../consumer/settings.ts'
import { openDatabase } from '../service/database.ts'
import { required, whole } from '../service/environment.ts'
import { log } from '../service/log.ts'
import { closeOnSignal } from '../service/shutdown.ts'
import { deadLetters } from './dead-letters.ts'
import { exporter } from './exporter.ts'
import { GroupLag } from './group-lag.ts'
import { type LagParts, lag } from './lag.ts'
import type { Measure } from './measure.ts'
import { outboxAge } from './outbox-age.ts'
import { slotWal } from './slot-wal.ts'

/** What is told, by what is not running yet. */
export interface Told<T> {
  readonly told: T
  readonly close: () => Promise<void>
}

/** An exporter of lag that is not running yet. */
export interface LagSetup extends LagParts {
  readonly close: () => Promise<void>
}

/** Milliseconds for the database to answer. */
const PATIENCE = 2000

export function lagFromEnvironment(): LagSetup {
  return groupOn(required('CONSUMER_GROUP'), text('TOPIC', 'order-events'))
}

/** The letters that wait for who minds them. */
export function lettersFromEnvironment(): LagSetup {
  return groupOn(required('REDRIVE_GROUP'), text('DEAD_LETTER_TOPIC', 'payment-events-dlt'))
}

function groupOn(group: string, topic: string): LagSetup {
  const name = `${process.env.TOPIC_PREFIX ?? ''}${topic}`
  const of = new GroupLag(required('KAFKA_BOOTSTRAP_SERVERS'), group, [name])
  return { group, lags: () => of.all(), close: () => of[Symbol.asyncDispose]() }
}

/** Everything that the environment names: a consumer's lag, dead letters, what waits in a database. */
export function measuresFromEnvironment(): Told<readonly Measure[]> {
  const lagging = process.env.CONSUMER_GROUP === undefined ? undefined : lagFromEnvironment()
  const lying = process.env.REDRIVE_GROUP === undefined ? undefined : lettersFromEnvironment()
  const url = process.env.DATABASE_URL
  const database =
    url === undefined ? undefined : openDatabase({ url, name: 'monitor', connections: 2, patience: PATIENCE })
  return {
    told: [
      ...(lagging ? [lag(lagging)] : []),
      ...(lying ? [deadLetters(lying)] : []),
      ...(database ? [outboxAge(database), slotWal(database)] : []),
    ],
    close: async () => {
      await Promise.all([lagging?.close(), lying?.close(), database?.end()])
    },
  }
}

/** Runs until SIGTERM. It is a process of its own: what is dead does not tell how much waits for it. */
export function runExporter({ told, close }: Told<readonly Measure[]>): void {
  const server = exporter(told)
  const port = whole('PORT', 8080)
  const measures = told.map(({ name }) => name)
  server.listen(port, '127.0.0.1', () => log('telling what waits', { port, measures }))
  closeOnSignal(async () => server.close().closeAllConnections(), close)
}

export function runLagExporter({ close, ...parts }: LagSetup): void {
  runExporter({ told: [lag(parts)], close })
}
