import { cloudEvent } from '../../reference/relay/cloud-event.ts'
import { kafkaBroker } from '../../reference/relay/kafka.ts'
import { publisher } from '../../reference/relay/publisher.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// E3: the time as the database writes it, with a space and no offset.
const setup = relayFromEnvironment()
const broker = kafkaBroker({
  ...setup.kafka,
  message(row) {
    const time = row.createdAt.toISOString().replace('T', ' ').replace('Z', '')
    return { ...cloudEvent(row), headers: { ...cloudEvent(row).headers, ce_time: time } }
  },
})

runRelay({ ...setup, moveBatch: setup.withSteps({ publish: publisher(broker.send) }) })
