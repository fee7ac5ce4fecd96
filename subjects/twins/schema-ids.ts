import { type TwinEntry, withAvroRelay } from './twin.ts'

const D3 = { control: 'D3', relay: 'polling', windows: ['D3'] } as const

/** How events name their schemas: variants that do it wrong, and one that is unusual but correct. */
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
