import { cloudEvent } from '../../reference/relay/cloud-event.ts'
import { kafkaBroker } from '../../reference/relay/kafka.ts'
import { publisher } from '../../reference/relay/publisher.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// E2: all events of an order have one CloudEvents id, the order's; the header eventId is right.
const setup = relayFromEnvironment()
const broker = kafkaBroker({
  ...setup.kafka,
  message(row) {
    return { ...cloudEvent(row), headers: { ...cloudEvent(row).headers, ce_id: row.aggregateId } }
  },
})

runRelay({ ...setup, moveBatch: setup.withSteps({ publish: publisher(broker.send) }) })
