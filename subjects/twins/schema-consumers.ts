import type { ConsumerConfig } from '../../scenarios/config.ts'
import { ORDERS_IN_AVRO, REGISTRY } from './in-avro.ts'
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

const readingAvro = (program: string, env: Readonly<Record<string, string>> = {}) =>
  consumerOnly('payment', {
    program: `retries/${program}.ts`,
    env: { ...REGISTRY, ...env },
    consumer: IN_AVRO,
  })

const readingOrders = (program: string) =>
  consumerOnly('fulfillment', { program: `consumers/${program}.ts`, env: REGISTRY, consumer: ORDERS_IN_AVRO })

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
    windows: ['W19', 'W19c', 'W29', 'W29a', 'W29b', 'W29c'],
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
  {
    name: 'dead-without-registry',
    mutant: 'C70',
    control: 'C2',
    expected: 'premature-dlt',
    says: 'reads payments in Avro, and makes what it can not deserialize a dead letter, also while only the registry is away',
    windows: ['W29', 'W29a', 'W29b'],
    config: readingAvro('dead-without-registry'),
  },
  {
    name: 'caches-schemas',
    mutant: 'B111',
    control: 'C2',
    expected: 'HELD',
    says: 'reads all schemas before it begins, and again where it meets one that it has not; its partitions wait',
    windows: ['W29', 'W29a', 'W29b', 'W29c'],
    config: readingAvro('caches-schemas', { SUBJECT: '{topicPrefix}payment-events-value' }),
  },
  {
    name: 'waits-for-registry',
    mutant: 'B110',
    control: 'C1',
    expected: 'HELD',
    says: 'reads orders in Avro, and leaves what it can not read for now where it is, with all behind it',
    windows: ['W29', 'W29a', 'W29b', 'W29c'],
    config: readingOrders('waits-for-registry'),
  },
  {
    name: 'skips-without-registry',
    mutant: 'C71',
    control: 'C1',
    expected: 'lost-effect',
    says: 'reads orders in Avro, and leaves behind what it can not deserialize while the registry is away',
    windows: ['W29', 'W29a', 'W29b'],
    config: readingOrders('skips-without-registry'),
  },
  {
    name: 'keeps-unread-in-memory',
    mutant: 'C72',
    control: 'C5',
    expected: 'commit-before-effect',
    says: 'remembers what it can not read for now, and commits its offset with the others',
    windows: ['W29', 'W29b'],
    config: readingOrders('keeps-unread-in-memory'),
  },
  {
    name: 'overtakes-unread',
    mutant: 'C73',
    control: 'C3',
    expected: 'apply-inversion',
    says: 'reads what it can not read for now again, and ships what lies behind it meanwhile',
    windows: ['W29', 'W29b'],
    config: readingOrders('overtakes-unread'),
  },
]
