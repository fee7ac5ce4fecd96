import { cloudEvent } from '../../reference/relay/cloud-event.ts'
import { kafkaBroker } from '../../reference/relay/kafka.ts'
import { publisher } from '../../reference/relay/publisher.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// O18: the key is the event's id instead of the order's.
const setup = relayFromEnvironment()
const broker = kafkaBroker({
  ...setup.kafka,
  message(row) {
    return { ...cloudEvent(row), key: row.id }
  },
})

runRelay({ ...setup, moveBatch: setup.withSteps({ publish: publisher(broker.send) }) })
