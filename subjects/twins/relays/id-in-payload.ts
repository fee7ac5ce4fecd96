import { cloudEvent } from '../../reference/relay/cloud-event.ts'
import { kafkaBroker } from '../../reference/relay/kafka.ts'
import { publisher } from '../../reference/relay/publisher.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// B21: no header with the id, other letters in the headers' names, more headers than declared.
const setup = relayFromEnvironment()
const broker = kafkaBroker({
  ...setup.kafka,
  message(row) {
    const { eventId, eventType, ce_id, traceparent, ...headers } = cloudEvent(row).headers ?? {}
    return {
      ...cloudEvent(row),
      headers: {
        ...headers,
        ...(eventType === undefined ? {} : { EventType: eventType }),
        ...(traceparent === undefined ? {} : { TraceParent: traceparent }),
        'x-region': 'eu-1',
        'x-attempt': '1',
      },
    }
  },
})

runRelay({ ...setup, moveBatch: setup.withSteps({ publish: publisher(broker.send) }) })
