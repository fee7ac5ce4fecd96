import { createHash } from 'node:crypto'
import { CompressionTypes } from 'kafkajs'
import { cloudEvent } from '../../reference/relay/cloud-event.ts'
import { kafkaBroker } from '../../reference/relay/kafka.ts'
import { publisher } from '../../reference/relay/publisher.ts'
import { relayFromEnvironment, runRelay } from '../../reference/relay/setup.ts'

// B22: keys that are bytes and no text, in batches that are compressed.
const setup = relayFromEnvironment()
const broker = kafkaBroker({
  ...setup.kafka,
  compression: CompressionTypes.GZIP,
  message(row) {
    return { ...cloudEvent(row), key: createHash('sha256').update(row.aggregateId).digest() }
  },
})

runRelay({ ...setup, moveBatch: setup.withSteps({ publish: publisher(broker.send) }) })
