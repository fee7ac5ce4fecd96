import type { SubjectConfig } from '../../scenarios/config.ts'
import { serviceNamed } from '../contract/config.ts'
import { type TwinEntry, withPublisher, withRelay } from './twin.ts'

const D3 = { control: 'D3', relay: 'polling', windows: ['D3'] } as const

/** How events name their schemas: variants that do it wrong, and one that writes Avro as it should. */
export const SCHEMA_IDS: readonly TwinEntry[] = [
  {
    ...D3,
    name: 'past-the-registry',
    mutant: 'E40',
    expected: 'no-schema-id',
    says: 'is declared to write through a schema registry, and writes JSON past it',
    config: withPublisher({ registry: {} }),
  },
  {
    ...D3,
    name: 'unknown-schema',
    mutant: 'E41',
    expected: 'unknown-schema-id',
    says: 'names a schema that the registry never heard of',
    config: writingAvro('unknown-schema'),
  },
  {
    ...D3,
    name: 'schema-of-another',
    mutant: 'E42',
    expected: 'foreign-schema',
    says: 'names a schema that is registered for another topic',
    config: writingAvro('schema-of-another'),
  },
  {
    ...D3,
    name: 'cut-payload',
    mutant: 'E43',
    expected: 'payload-not-by-schema',
    says: 'writes payloads that are cut off behind the id of their schema',
    config: writingAvro('cut-payload'),
  },
  {
    ...D3,
    name: 'avro',
    mutant: 'B71',
    expected: 'HELD',
    says: 'writes events as Avro, through a schema registry',
    config: writingAvro('avro'),
  },
]

function writingAvro(file: string) {
  return (reference: SubjectConfig): SubjectConfig => {
    const config = withRelay(file, { publisher: { registry: { strategy: 'topic' } } })(reference)
    const relay = serviceNamed(config, 'relay')
    const env = { ...relay.env, SCHEMA_REGISTRY_URL: '{schemaRegistry.url}' }
    return { ...config, services: { ...config.services, relay: { ...relay, env } } }
  }
}
