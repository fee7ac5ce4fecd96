import { createServer } from 'node:http'
import { Gauge, Registry } from 'prom-client'
import { lagFromEnvironment } from '../../reference/monitor/setup.ts'
import { whole } from '../../reference/service/environment.ts'
import { closeOnSignal } from '../../reference/service/shutdown.ts'

/** One number a topic is enough for an alert, and for a page that shows it. */
const { group, lags, close } = lagFromEnvironment()
const registry = new Registry()
new Gauge({
  name: 'kafka_consumergroup_lag',
  help: 'Events that the consumer group has not committed past, over all partitions',
  labelNames: ['consumergroup', 'topic'],
  registers: [registry],
  async collect() {
    const all = await lags()
    this.reset()
    for (const { topic, lag } of all) this.inc({ consumergroup: group, topic }, lag)
  },
})
const server = createServer(async (_, response) => {
  const text = await registry.metrics().catch(() => undefined)
  response.writeHead(text === undefined ? 503 : 200, { 'content-type': registry.contentType }).end(text)
})
server.listen(whole('PORT', 8080), '127.0.0.1')
closeOnSignal(async () => server.close().closeAllConnections(), close)
