import type { Pool } from 'pg'
import { claim } from '../relay/claim.ts'
import { cloudEvent } from '../relay/cloud-event.ts'
import { kafkaBroker } from '../relay/kafka.ts'
import { mark, park } from '../relay/mark.ts'
import { moveBatch } from '../relay/move-batch.ts'
import { unpublishable } from '../relay/publishable.ts'
import { publisher } from '../relay/publisher.ts'
import type { RegisteredEvents } from '../relay/registered-events.ts'
import { startRelay } from '../relay/relay.ts'
import { wakeOnNotify } from '../relay/wake.ts'

const JSON_EVENTS: Announced = {
  register: async () => {},
  message: (row) => cloudEvent(row, '/fulfillment-service'),
  unpublishable,
}

/** Events in one transaction. */
const BATCH = 1000
/** Milliseconds between two looks into the outbox when nobody says that there is something in it. */
const POLL_INTERVAL = 1000

/** What is published, and how. */
export type Announced = Pick<RegisteredEvents, 'register' | 'message' | 'unpublishable'>

export interface Announcements {
  /** Default: as JSON. */
  readonly events?: Announced | undefined
  readonly database: Pool
  /** Of the same database, for a connection that listens. */
  readonly url: string
  readonly bootstrapServers: string
  readonly topicPrefix: string
}

/**
 * Publishes what the service wrote to its outbox, beside its other work: the polling relay, inside. Disposing lets it
 * publish what is still there, for the service may be one that sleeps until there is new work.
 */
export function startAnnouncing({
  database,
  url,
  events = JSON_EVENTS,
  ...kafka
}: Announcements): AsyncDisposable {
  const broker = kafkaBroker({ ...kafka, message: (row) => events.message(row) })
  const publish = publisher(
    async (rows) => {
      await events.register()
      await broker.send(rows)
    },
    (row) => events.unpublishable(row),
  )
  const move = () =>
    moveBatch({
      database,
      claim: (tx) => claim(tx, BATCH),
      publish,
      mark,
      park,
    })
  const relay = startRelay({ moveBatch: move, wake: wakeOnNotify(url, POLL_INTERVAL) })
  return {
    async [Symbol.asyncDispose]() {
      await relay[Symbol.asyncDispose]()
      try {
        while ((await move()) > 0);
      } finally {
        await broker[Symbol.asyncDispose]()
      }
    },
  }
}
