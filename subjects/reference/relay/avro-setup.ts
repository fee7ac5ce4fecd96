import { avroEncoding } from './avro-encoding.ts'
import type { RegisteredSettings } from './registered-events.ts'
import { registeredRelay, schemaFromEnvironment } from './registered-setup.ts'
import type { RelaySetup } from './setup.ts'

/** The relay that writes Avro through a schema registry. */
export async function avroRelayFromEnvironment(value?: RegisteredSettings['value']): Promise<RelaySetup> {
  const settings = await avroSettingsFromEnvironment()
  return registeredRelay({ ...settings, ...(value === undefined ? {} : { value }) })
}

export async function avroSettingsFromEnvironment(): Promise<RegisteredSettings> {
  const settings = await schemaFromEnvironment()
  return { ...settings, encoding: avroEncoding(settings.schema) }
}
