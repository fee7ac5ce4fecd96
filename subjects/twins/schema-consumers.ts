import type { ConsumerConfig } from '../../scenarios/config.ts'
import { consumerOnly, type TwinEntry } from './twin.ts'

/** Answers of the reference's fulfillment, declared to be written through a registry. */
const OUTPUTS: Pick<ConsumerConfig, 'outputs'> = {
  outputs: {
    topic: 'shipment-events',
    eventId: { header: 'eventId' },
    cause: { header: 'causationId' },
    registry: {},
  },
}

/** Payments in Avro. */
const IN_AVRO: Pick<ConsumerConfig, 'event'> = {
  event: {
    headers: {
      eventId: '{eventId}',
      eventType: 'PaymentRequested',
      traceparent: '{traceparent}',
      'content-type': 'application/avro',
    },
    json: { paymentId: '{key}', amount: '{amount}' },
    registry: { schema: 'subjects/twins/avro/payment-events.avsc' },
  },
}

const REGISTRY = { SCHEMA_REGISTRY_URL: '{schemaRegistry.url}' } as const

const readingAvro = (program: string) =>
  consumerOnly('payment', { program: `retries/${program}.ts`, env: REGISTRY, consumer: IN_AVRO })

/** Consumers that read and write through a registry. */
export const SCHEMA_CONSUMERS: readonly TwinEntry[] = [
  {
    name: 'announces-by-schema',
    mutant: 'B78',
    control: 'D3',
    expected: 'HELD',
    says: 'publishes what it has shipped in Avro, through the registry',
    windows: ['schema-ids'],
    config: consumerOnly('fulfillment', {
      program: 'consumers/announces-by-schema.ts',
      env: {
        ...REGISTRY,
        SCHEMA: 'subjects/twins/avro/shipment-events.avsc',
        SUBJECT: '{topicPrefix}shipment-events-value',
      },
      consumer: OUTPUTS,
    }),
  },
  {
    name: 'announces-past-the-registry',
    mutant: 'E52',
    control: 'D3',
    expected: 'no-schema-id',
    says: 'is declared to publish through a schema registry, and publishes JSON past it',
    windows: ['schema-ids'],
    config: consumerOnly('fulfillment', { consumer: OUTPUTS }),
  },
  {
    name: 'reads-avro',
    mutant: 'B79',
    control: 'C2',
    expected: 'HELD',
    says: 'reads payments in Avro, and makes what no schema explains a dead letter',
    windows: ['W19', 'W19c'],
    config: readingAvro('reads-avro'),
  },
  {
    name: 'skips-unknown-schema',
    mutant: 'E51',
    control: 'C2',
    expected: 'lost-to-dlt',
    says: 'reads payments in Avro, and leaves behind what it can not deserialize',
    windows: ['W19c'],
    config: readingAvro('skips-unknown-schema'),
  },
]
