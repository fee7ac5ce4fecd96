import { readFile } from 'node:fs/promises'
import { Registry } from '../schemas/registry.ts'
import { required } from '../service/environment.ts'
import { kafkaBroker } from './kafka.ts'
import { publisher } from './publisher.ts'
import { RegisteredEvents, type RegisteredSettings } from './registered-events.ts'
import { type RelaySetup, relayFromEnvironment } from './setup.ts'

/**
 * The relay that writes through a schema registry. It is ready without it: where the registry is away, what was never
 * written waits, and what was goes on.
 */
export function registeredRelay(settings: RegisteredSettings): RelaySetup {
  const events = new RegisteredEvents(settings)
  const setup = relayFromEnvironment()
  const broker = kafkaBroker({ ...setup.kafka, message: (row) => events.message(row) })
  const publish = publisher(
    async (rows) => {
      await events.register()
      await broker.send(rows)
    },
    (row) => events.unpublishable(row),
  )
  return { ...setup, broker, moveBatch: setup.withSteps({ publish }) }
}

/** By which schema it writes, and who keeps that. */
export async function schemaFromEnvironment(): Promise<
  Pick<RegisteredSettings, 'subject' | 'schema'> & { readonly registry: Registry }
> {
  return {
    registry: new Registry(required('SCHEMA_REGISTRY_URL')),
    subject: required('SUBJECT'),
    schema: await readFile(required('SCHEMA'), 'utf8'),
  }
}
