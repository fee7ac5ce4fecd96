import { Kafka, logLevel } from 'kafkajs'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'
import { plainBroker } from '../plain-broker.ts'

/** Milliseconds: of patience with a send, and for which an event waits whose send failed. */
const PATIENCE = 300
const ASIDE = 3000

// O39: an event whose send failed waits behind the others, on the same idempotent producer. kafkajs gives the failed
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
  // An idempotent kafkajs producer insists on a retry: it comes when nobody waits for it any more.
  producer: {
    idempotent: true,
    maxInFlightRequests: 1,
    retry: { retries: 1, initialRetryTime: 10 * PATIENCE, maxRetryTime: 10 * PATIENCE },
  },
})
let aside: { readonly id: string; readonly until: number } | undefined

runRelay({
  ...setup,
  moveBatch: setup.withSteps({
    async publish(rows) {
      const acknowledged: string[] = []
      for (const row of rows.filter(({ id }) => id !== aside?.id || Date.now() >= aside.until)) {
        try {
          await Promise.race([broker.send([row]), outOfPatience()])
          acknowledged.push(row.id)
          if (row.id === aside?.id) aside = undefined
        } catch {
          // One is put aside; while others fail, too, the broker is away.
          if (aside !== undefined) break
          aside = { id: row.id, until: Date.now() + ASIDE }
        }
      }
      return { acknowledged, unpublishable: [] }
    },
  }),
})

function outOfPatience(): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error('no answer')), PATIENCE))
}
