import { kafkaBroker } from '../../reference/relay/kafka.ts'
import { publisher } from '../../reference/relay/publisher.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// B60: CloudEvents in structured mode: envelope and data are the value. Headers say that, and the type and trace again.
const setup = relayFromEnvironment()
const broker = kafkaBroker({
  ...setup.kafka,
  message({ id, aggregateId, eventType, payload, traceparent, createdAt }) {
    const event = {
      specversion: '1.0',
      id,
      source: 'urn:acme:orders',
      type: `com.acme.${eventType}.v1`,
      subject: aggregateId,
      time: createdAt.toISOString().replace('Z', '+00:00'),
      ...(traceparent === null ? {} : { traceparent }),
      data: JSON.parse(payload),
    }
    const headers = {
      'content-type': 'application/cloudevents+json; charset=UTF-8',
      eventType,
      ...(traceparent === null ? {} : { traceparent }),
    }
    return { key: aggregateId, value: JSON.stringify(event), headers }
  },
})

runRelay({ ...setup, moveBatch: setup.withSteps({ publish: publisher(broker.send) }) })
