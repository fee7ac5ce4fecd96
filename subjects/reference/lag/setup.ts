import { text } from '../consumer/settings.ts'
import { required, whole } from '../service/environment.ts'
import { log } from '../service/log.ts'
import { closeOnSignal } from '../service/shutdown.ts'
import { type ExporterParts, lagExporter } from './exporter.ts'
import { GroupLag } from './group-lag.ts'

/** An exporter that is not running yet. */
export interface LagSetup extends ExporterParts {
  readonly close: () => Promise<void>
}

export function lagFromEnvironment(): LagSetup {
  const group = required('CONSUMER_GROUP')
  const topic = `${process.env.TOPIC_PREFIX ?? ''}${text('TOPIC', 'order-events')}`
  const lag = new GroupLag(required('KAFKA_BOOTSTRAP_SERVERS'), group, [topic])
  return { group, lags: () => lag.all(), close: () => lag[Symbol.asyncDispose]() }
}

/** Runs until SIGTERM. It is a process of its own: a consumer that is dead does not tell how much waits for it. */
export function runLagExporter({ close, ...parts }: LagSetup): void {
  const server = lagExporter(parts)
  const port = whole('PORT', 8080)
  server.listen(port, '127.0.0.1', () => log('telling the lag', { port, group: parts.group }))
  closeOnSignal(async () => server.close().closeAllConnections(), close)
}
