import type { SubjectConfig } from '../../scenarios/config.ts'
import { serviceNamed } from '../contract/config.ts'
import { node } from '../reference/service/command.ts'
import { type TwinEntry, withAvroRelay } from './twin.ts'

/** By the file of a schema that refers to one beside it, which is a subject of its own. */
const referring = (schema: string, env: Readonly<Record<string, string>> = {}) => ({
  SCHEMA: `subjects/twins/${schema}`,
  REFERRED_SUBJECT: '{topicPrefix}amount',
  ...env,
})

/** The relay that writes Protobuf, with another place of its message. */
const withPlace = (place: string) =>
  withAvroRelay({
    file: 'twins/relays/protobuf-events',
    env: referring('protobuf/order-events.proto', { PLACE: place }),
  })

/** Who deploys the service registers the schema; the relay looks it up. */
function deployingSchema(reference: SubjectConfig): SubjectConfig {
  const { services, ...config } = withAvroRelay({ file: 'twins/relays/looks-up-schema' })(reference)
  const orders = serviceNamed({ services }, 'orders')
  const {
    SCHEMA_REGISTRY_URL = '',
    SCHEMA = '',
    SUBJECT = '',
  } = serviceNamed({ services }, 'avro-relay').env ?? {}
  return {
    ...config,
    services: {
      ...services,
      orders: {
        ...orders,
        command: node('subjects/twins/orders/deploys-schema.ts'),
        env: { ...orders.env, SCHEMA_REGISTRY_URL, SCHEMA, SUBJECT },
      },
    },
  }
}

const D3 = { control: 'D3', relay: 'polling', windows: ['schema-ids'] } as const

/** How events name their schemas: variants that do it wrong, also without the registry, and some that are unusual but correct. */
export const SCHEMA_IDS: readonly TwinEntry[] = [
  {
    ...D3,
    name: 'past-the-registry',
    mutant: 'E40',
    expected: 'no-schema-id',
    says: 'is declared to write through a schema registry, and writes JSON past it',
    config: withAvroRelay({ file: 'reference/relay/main' }),
  },
  {
    ...D3,
    name: 'unknown-schema',
    mutant: 'E41',
    expected: 'unknown-schema-id',
    says: 'names a schema that the registry never heard of',
    config: withAvroRelay({ file: 'twins/relays/unknown-schema' }),
  },
  {
    ...D3,
    name: 'schema-of-another',
    mutant: 'E42',
    expected: 'foreign-schema',
    says: 'names a schema that is registered for another topic',
    config: withAvroRelay({ env: { SUBJECT: '{topicPrefix}customer-events-value' } }),
  },
  {
    ...D3,
    name: 'cut-payload',
    mutant: 'E43',
    expected: 'payload-not-by-schema',
    says: 'writes payloads that are cut off behind the id of their schema',
    config: withAvroRelay({ file: 'twins/relays/cut-payload' }),
  },
  {
    ...D3,
    name: 'marks-without-id',
    mutant: 'E44',
    expected: 'lost-after-mark',
    says: 'asks the registry with each batch, and marks what it could not write without an answer',
    windows: ['W27'],
    config: withAvroRelay({ file: 'twins/relays/marks-without-id' }),
  },
  {
    ...D3,
    name: 'json-without-registry',
    mutant: 'E45',
    expected: 'no-schema-id',
    says: 'writes JSON where the registry does not answer, or not soon, when it starts',
    windows: ['W27a', 'W27b', 'W27c'],
    config: withAvroRelay({ file: 'twins/relays/json-without-registry' }),
  },
  {
    ...D3,
    name: 'ends-without-registry',
    mutant: 'B74',
    expected: 'HELD',
    says: 'registers its schema when it starts, and ends where it can not, to be started again',
    windows: ['W27a', 'W27b'],
    config: withAvroRelay({ file: 'twins/relays/ends-without-registry' }),
  },
  {
    ...D3,
    name: 'gives-up-unknown-subject',
    mutant: 'E49',
    expected: 'lost-after-mark',
    says: 'looks its schema up with each batch, and marks what it could not write where it is not found',
    windows: ['W27d'],
    config: withAvroRelay({ file: 'twins/relays/gives-up-unknown-subject' }),
  },
  {
    ...D3,
    name: 'new-version-each-start',
    mutant: 'E50',
    expected: 'lost-after-mark',
    says: 'registers another version of its schema at each start, and marks what it could not write where that is refused',
    windows: ['W27e'],
    config: withAvroRelay({ file: 'twins/relays/new-version-each-start' }),
  },
  {
    ...D3,
    name: 'looks-up-schema',
    mutant: 'B77',
    expected: 'HELD',
    says: 'registers no schema: who deploys the service does, and its relay looks the id up with each batch',
    windows: ['W27d', 'W27e'],
    config: deployingSchema,
  },
  {
    ...D3,
    name: 'subject-of-record',
    mutant: 'B71',
    expected: 'HELD',
    says: 'names the subject of its schema by the record, and not by the topic',
    config: withAvroRelay(
      { env: { SUBJECT: 'com.example.orders.OrderPlaced' } },
      { registry: { strategy: 'record' } },
    ),
  },
  {
    ...D3,
    name: 'protobuf-events',
    mutant: 'B75',
    expected: 'HELD',
    says: 'writes Protobuf: the second message of a file that imports another subject, named by topic and message',
    config: withAvroRelay(
      {
        file: 'twins/relays/protobuf-events',
        env: referring('protobuf/order-events.proto', {
          SUBJECT: '{topicPrefix}order-events-com.example.orders.OrderPlaced',
        }),
      },
      { registry: { strategy: 'topic-record' } },
    ),
  },
  {
    ...D3,
    name: 'json-schema-events',
    mutant: 'B76',
    expected: 'HELD',
    says: 'writes JSON by a JSON Schema that refers to one of another subject',
    config: withAvroRelay({
      file: 'twins/relays/json-schema-events',
      env: referring('json-schema/order-events.json'),
    }),
  },
  {
    ...D3,
    name: 'protobuf-without-place',
    mutant: 'E46',
    expected: 'wrong-message',
    says: 'writes Protobuf right behind the id, and does not say which message of the file it is',
    config: withPlace(''),
  },
  {
    ...D3,
    name: 'protobuf-first-message',
    mutant: 'E47',
    expected: 'wrong-message',
    says: 'writes the second message of its Protobuf file, and says that it is the first',
    config: withPlace('00'),
  },
  {
    ...D3,
    name: 'json-not-by-schema',
    mutant: 'E48',
    expected: 'payload-not-by-schema',
    says: 'names a JSON Schema, and writes amounts as text where that has numbers',
    config: withAvroRelay({
      file: 'twins/relays/amount-as-text',
      env: referring('json-schema/order-events.json'),
    }),
  },
]
