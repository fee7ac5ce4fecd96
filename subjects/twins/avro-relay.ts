import { readFile } from 'node:fs/promises'
import avro from 'avsc'
import { cloudEvent } from '../reference/relay/cloud-event.ts'
import { kafkaBroker } from '../reference/relay/kafka.ts'
import { publisher } from '../reference/relay/publisher.ts'
import { relayFromEnvironment, runRelay } from '../reference/relay/setup.ts'
import { Registry } from '../reference/schemas/registry.ts'
import { required } from '../reference/service/environment.ts'

interface Written {
  /** Without the prefix. Default: that of the topic. */
  readonly subject?: string
  /** The id that records name, by the one that the registry gave. */
  readonly named?: (id: number) => number
  /** Bytes behind the id, from those that the schema asks for. */
  readonly payload?: (bytes: Buffer) => Buffer
}

const SCHEMA = 'subjects/reference/schemas/order-events/v1.avsc'

/** Registers its schema when it starts, and writes events as Avro, as the registry's serializers do. */
export async function runAvroRelay({
  subject = 'order-events-value',
  named = (id) => id,
  payload = (bytes) => bytes,
}: Written = {}): Promise<void> {
  const text = await readFile(SCHEMA, 'utf8')
  const registry = new Registry(required('SCHEMA_REGISTRY_URL'))
  const id = await registry.register(`${process.env.TOPIC_PREFIX ?? ''}${subject}`, 'AVRO', text)
  const type = avro.Type.forSchema(JSON.parse(text))
  const head = Buffer.alloc(5)
  head.writeInt32BE(named(id), 1)
  const setup = relayFromEnvironment()
  const broker = kafkaBroker({
    ...setup.kafka,
    message: (row) => {
      const message = cloudEvent(row)
      const value = Buffer.concat([head, payload(type.toBuffer(JSON.parse(row.payload)))])
      return { ...message, value, headers: { ...message.headers, 'content-type': 'application/avro' } }
    },
  })
  runRelay({ ...setup, moveBatch: setup.withSteps({ publish: publisher(broker.send) }) })
}
