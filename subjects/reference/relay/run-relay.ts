import { answers, openDatabase } from '../service/database.ts'
import { required, whole } from '../service/environment.ts'
import { log } from '../service/log.ts'
import { closeOnSignal } from '../service/shutdown.ts'
import { claim } from './claim.ts'
import { healthServer } from './health.ts'
import { kafkaBroker } from './kafka.ts'
import { mark, park } from './mark.ts'
import { publisher } from './publisher.ts'
import { type RelayParts, startRelay } from './relay.ts'
import { wakeOnNotify } from './wake.ts'

/** Events in one transaction: enough to make the cost of COMMIT and of the round trips small. */
const BATCH = 1000

/** The relay as a process, set up from the environment; `changes` replaces parts of it. */
export function runRelay(changes: Partial<RelayParts> = {}): void {
  const url = required('DATABASE_URL')
  const database = openDatabase({ url, name: 'relay', connections: 2, patience: 60_000 })
  const broker = kafkaBroker({
    bootstrapServers: required('KAFKA_BOOTSTRAP_SERVERS'),
    topicPrefix: process.env['TOPIC_PREFIX'] ?? '',
  })
  const relay = startRelay({
    database,
    claim: (tx) => claim(tx, BATCH),
    publish: publisher(broker.send),
    mark,
    park,
    wake: wakeOnNotify(url, whole('POLL_INTERVAL_MS', 1000)),
    ...changes,
  })
  const health = healthServer({
    postgres: () => answers(database),
    kafka: () =>
      broker.connect().then(
        () => true,
        () => false,
      ),
  })
  const port = whole('PORT', 8080)
  health.listen(port, '127.0.0.1', () => log('relaying events', { port }))

  closeOnSignal(
    () => relay[Symbol.asyncDispose](),
    () => broker[Symbol.asyncDispose](),
    async () => health.close().closeAllConnections(),
    () => database.end(),
  )
}
