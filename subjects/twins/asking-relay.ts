import { avroEncoding } from '../reference/relay/avro-encoding.ts'
import { avroSettingsFromEnvironment } from '../reference/relay/avro-setup.ts'
import { kafkaBroker } from '../reference/relay/kafka.ts'
import { RegisteredEvents, type RegisteredSettings } from '../reference/relay/registered-events.ts'
import { relayFromEnvironment, runRelay } from '../reference/relay/setup.ts'
import type { Registry } from '../reference/schemas/registry.ts'
import { log, textOf } from '../reference/service/log.ts'

interface Asking {
  /** Whether what it can not write for this reason is marked like the others. */
  readonly givesUp: (reason: string) => boolean
  /** By which schema it writes, where that is not the reference's. */
  readonly schema?: (own: string) => string
  /** Who is asked for the id, where it is not the registry as the reference asks it. */
  readonly registry?: (own: RegisteredSettings['registry']) => Pick<Registry, 'register'>
}

/** Runs a relay that asks for the id of its schema with each batch. */
export async function runAskingRelay({
  givesUp,
  registry = (own) => own,
  schema: changed = (own) => own,
}: Asking): Promise<void> {
  const own = await avroSettingsFromEnvironment()
  const schema = changed(own.schema)
  const settings = { ...own, schema, encoding: avroEncoding(schema), registry: registry(own.registry) }
  const setup = relayFromEnvironment()
  let events = new RegisteredEvents(settings)
  const broker = kafkaBroker({ ...setup.kafka, message: (row) => events.message(row) })
  runRelay({
    ...setup,
    broker,
    moveBatch: setup.withSteps({
      async publish(rows) {
        try {
          events = new RegisteredEvents(settings)
          await events.register()
          await broker.send(rows)
        } catch (error) {
          if (!givesUp(textOf(error))) throw error
          log('not written', { error: textOf(error) })
        }
        return { acknowledged: rows.map(({ id }) => id), unpublishable: [] }
      },
    }),
  })
}

/** Asks for the id of a schema that somebody else has registered. */
export function lookedUp(): Pick<Registry, 'register'> {
  return {
    async register(subject, _, schema) {
      const response = await fetch(
        `${process.env.SCHEMA_REGISTRY_URL}/subjects/${encodeURIComponent(subject)}`,
        {
          method: 'POST',
          signal: AbortSignal.timeout(5000),
          headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
          body: JSON.stringify({ schema }),
        },
      )
      if (!response.ok) throw new Error(`${subject} is looked up: HTTP ${response.status}`)
      return Number(JSON.parse(await response.text()).id)
    },
  }
}

/** Of an answer that says: not so. */
export const REFUSED = /HTTP 4\d\d/
