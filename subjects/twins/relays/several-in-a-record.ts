import { kafkaBroker } from '../../reference/relay/kafka.ts'
import type { OutboxRow } from '../../reference/relay/outbox-row.ts'
import { publisher } from '../../reference/relay/publisher.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// B28: what a batch has of one order goes into one record.
const setup = relayFromEnvironment()
const broker = kafkaBroker({
  ...setup.kafka,
  message: ({ aggregateId, payload }) => ({ key: aggregateId, value: payload }),
})

function packed(rows: readonly OutboxRow[]): OutboxRow[] {
  return [...Map.groupBy(rows, ({ aggregateId }) => aggregateId).values()].map((same) => ({
    ...(same[0] as OutboxRow),
    payload: JSON.stringify({
      events: same.map(({ id, eventType, traceparent, payload }) => ({
        eventId: id,
        eventType,
        traceparent,
        data: JSON.parse(payload),
      })),
    }),
  }))
}

runRelay({
  ...setup,
  moveBatch: setup.withSteps({ publish: publisher((rows) => broker.send(packed(rows))) }),
})
