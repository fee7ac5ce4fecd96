import { cloudEvent } from '../../reference/relay/cloud-event.ts'
import { kafkaBroker } from '../../reference/relay/kafka.ts'
import { publisher } from '../../reference/relay/publisher.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// E6: one topic for everything: customers' events are on the topic of orders.
const setup = relayFromEnvironment()
const broker = kafkaBroker({
  ...setup.kafka,
  message: (row) =>
    cloudEvent(row, row.eventType === 'OrderCreated' ? '/order-service' : '/customer-service'),
})

runRelay({ ...setup, moveBatch: setup.withSteps({ publish: publisher(broker.send) }) })
