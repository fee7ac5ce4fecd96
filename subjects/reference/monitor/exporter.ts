import { createServer, type Server } from 'node:http'
import { Gauge, Registry } from 'prom-client'
import { log, textOf } from '../service/log.ts'
import type { Measure } from './measure.ts'

/** `GET /metrics`: what is measured, in Prometheus' text format; 503 while the broker or the database does not answer. `GET /health`. */
export function exporter(measures: readonly Measure[]): Server {
  const registry = new Registry()
  for (const { name, help, labels, read } of measures)
    new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers: [registry],
      async collect() {
        const samples = await read()
        this.reset()
        for (const { labels, value } of samples) this.set({ ...labels }, value)
      },
    })
  return createServer(async ({ url }, response) => {
    if (url !== '/metrics' && url !== '/health') return response.writeHead(404).end()
    try {
      const text = await registry.metrics()
      if (url === '/health') response.end()
      else response.writeHead(200, { 'content-type': registry.contentType }).end(text)
    } catch (error) {
      log('nothing could be told', { measures: measures.map(({ name }) => name), error: textOf(error) })
      response.writeHead(503).end()
    }
  })
}
