import { Kafka, logLevel } from 'kafkajs'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'
import { plainBroker } from '../plain-broker.ts'

// O26: an event whose send failed waits behind the others, on the same idempotent producer. kafkajs gives the failed
// request's sequence number to the next one, which the broker then takes for a repetition: confirmed, not stored.
const setup = relayFromEnvironment()
const broker = plainBroker({
  client: (bootstrapServers) =>
    new Kafka({
      clientId: 'relay',
      brokers: bootstrapServers.split(','),
      connectionTimeout: 500,
      requestTimeout: 500,
      retry: { retries: 0, initialRetryTime: 10 },
      logLevel: logLevel.NOTHING,
    }),
  producer: {
    idempotent: true,
    maxInFlightRequests: 1,
    retry: { retries: 1, initialRetryTime: 10, maxRetryTime: 20 },
  },
})
const notBefore = new Map<string, number>()

runRelay({
  ...setup,
  moveBatch: setup.withSteps({
    async publish(rows) {
      const due = rows.filter(({ id }) => Date.now() >= (notBefore.get(id) ?? 0))
      const acknowledged: string[] = []
      for (const row of due.slice(0, 10)) {
        try {
          await broker.send([row])
          acknowledged.push(row.id)
        } catch {
          notBefore.set(row.id, Date.now() + 3000)
        }
      }
      return { acknowledged, unpublishable: [] }
    },
  }),
})
