import { cloudEvent } from '../../reference/relay/cloud-event.ts'
import { kafkaBroker } from '../../reference/relay/kafka.ts'
import { publisher } from '../../reference/relay/publisher.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// A1: each record asks for an answer, and says where it is waited for.
const setup = relayFromEnvironment()
const broker = kafkaBroker({
  ...setup.kafka,
  message(row) {
    const event = cloudEvent(row)
    const asking = { kafka_replyTopic: 'order-replies', kafka_correlationId: row.id }
    return { ...event, headers: { ...event.headers, ...asking } }
  },
})

runRelay({ ...setup, moveBatch: setup.withSteps({ publish: publisher(broker.send) }) })
