import { type TwinEntry, withAvroRelay } from './twin.ts'

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
    says: 'writes JSON where the registry does not answer when it starts',
    windows: ['W27a'],
    config: withAvroRelay({ file: 'twins/relays/json-without-registry' }),
  },
  {
    ...D3,
    name: 'ends-without-registry',
    mutant: 'B74',
    expected: 'HELD',
    says: 'registers its schema when it starts, and ends where it can not, to be started again',
    windows: ['W27a'],
    config: withAvroRelay({ file: 'twins/relays/ends-without-registry' }),
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
]
