import { cloudEvent } from '../../reference/relay/cloud-event.ts'
import { kafkaBroker } from '../../reference/relay/kafka.ts'
import { publisher } from '../../reference/relay/publisher.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// A3: all orders are in one order, on the first partition.
const setup = relayFromEnvironment()
const broker = kafkaBroker({ ...setup.kafka, message: (row) => ({ ...cloudEvent(row), partition: 0 }) })

runRelay({ ...setup, moveBatch: setup.withSteps({ publish: publisher(broker.send) }) })
