import { randomUUID } from 'node:crypto'

import { cloudEvent } from '../../reference/relay/cloud-event.ts'
import { kafkaBroker } from '../../reference/relay/kafka.ts'
import { publisher } from '../../reference/relay/publisher.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// O16: the event gets its id when it is sent, so every copy is another event.
const setup = relayFromEnvironment()
const broker = kafkaBroker({
  ...setup.kafka,
  message(row) {
    const id = randomUUID()
    const record = cloudEvent(row)
    return { ...record, headers: { ...record.headers, eventId: id, ce_id: id } }
  },
})

runRelay({ ...setup, moveBatch: setup.withSteps({ publish: publisher(broker.send) }) })
