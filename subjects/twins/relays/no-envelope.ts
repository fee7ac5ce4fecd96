import { cloudEvent } from '../../reference/relay/cloud-event.ts'
import { kafkaBroker } from '../../reference/relay/kafka.ts'
import { publisher } from '../../reference/relay/publisher.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// E1: an id and a type in headers of its own, and no envelope that another reader would know.
const setup = relayFromEnvironment()
const broker = kafkaBroker({
  ...setup.kafka,
  message(row) {
    const { eventId, eventType, traceparent } = cloudEvent(row).headers ?? {}
    return { ...cloudEvent(row), headers: { eventId, eventType, ...(traceparent && { traceparent }) } }
  },
})

runRelay({ ...setup, moveBatch: setup.withSteps({ publish: publisher(broker.send) }) })
