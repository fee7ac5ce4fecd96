import type { Message } from 'kafkajs'
import { cloudEvent } from '../reference/relay/cloud-event.ts'
import { kafkaBroker } from '../reference/relay/kafka.ts'
import type { OutboxRow } from '../reference/relay/outbox-row.ts'
import { publisher } from '../reference/relay/publisher.ts'
import { relayFromEnvironment, runRelay } from '../reference/relay/setup.ts'

/** Relays as the reference does, with other headers in the place of a row's `traceparent`. */
export function relayWithContext(
  headers: (traceparent: string, row: OutboxRow) => NonNullable<Message['headers']>,
): void {
  const setup = relayFromEnvironment()
  const broker = kafkaBroker({
    ...setup.kafka,
    message(row) {
      const message = cloudEvent(row)
      if (row.traceparent === null) return message
      return { ...message, headers: { ...message.headers, ...headers(row.traceparent, row) } }
    },
  })
  runRelay({ ...setup, moveBatch: setup.withSteps({ publish: publisher(broker.send) }) })
}
