import { createServer, type Server } from 'node:http'
import { Gauge, Registry } from 'prom-client'
import { log, textOf } from '../service/log.ts'
import type { PartitionLag } from './group-lag.ts'

/** The name and the labels are those of the exporters that most people use. */
const METRIC = 'kafka_consumergroup_lag'

export interface ExporterParts {
  readonly group: string
  /** Asked anew for each scrape. */
  readonly lags: () => Promise<readonly PartitionLag[]>
}

/** `GET /metrics`: how much waits, in Prometheus' text format; 503 while no broker answers. `GET /health`. */
export function lagExporter({ group, lags }: ExporterParts): Server {
  const registry = new Registry()
  new Gauge({
    name: METRIC,
    help: 'Events that the consumer group has not committed past',
    labelNames: ['consumergroup', 'topic', 'partition'],
    registers: [registry],
    async collect() {
      const all = await lags()
      this.reset()
      for (const { topic, partition, lag } of all)
        this.set({ consumergroup: group, topic, partition: String(partition) }, lag)
    },
  })
  return createServer(async ({ url }, response) => {
    if (url !== '/metrics' && url !== '/health') return response.writeHead(404).end()
    try {
      const text = await registry.metrics()
      if (url === '/health') response.end()
      else response.writeHead(200, { 'content-type': registry.contentType }).end(text)
    } catch (error) {
      log('no lag could be told', { group, error: textOf(error) })
      response.writeHead(503).end()
    }
  })
}
