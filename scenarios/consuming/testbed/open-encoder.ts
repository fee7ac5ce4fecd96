import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { messageOf } from '../../../core/error.ts'
import { formatOfFile, readSchema, SCHEMA_FILES } from '../../../schemas/read-schema.ts'
import { restated } from '../../../schemas/restated.ts'
import type { Schema } from '../../../schemas/schema.ts'
import { subjectName } from '../../../schemas/subject-name.ts'
import { withId } from '../../../schemas/wire-format.ts'
import type { Stack } from '../../../stacks/stack.ts'
import type { RunContext } from '../../run-context.ts'
import { SchemaInvalid } from '../../testbed/schema-invalid.ts'
import { SchemaRegistry } from '../../testbed/schema-registry.ts'
import type { ConsumerConfig } from '../config.ts'

/** As much of a stack as is needed to reach its registry. */
interface Registered extends Pick<Stack, 'need'> {
  readonly schemaRegistry: Pick<Stack['schemaRegistry'], 'url'>
}

interface EncoderOptions {
  /** By which the config calls the consumer. */
  readonly name: string
  readonly consumer: Pick<ConsumerConfig, 'event' | 'topic'>
  /** Before its topic. */
  readonly prefix: string
  readonly context: Pick<RunContext, 'folder'> & { readonly stack: Registered }
}

/** Writes events as the serializers of a registry do. */
export interface Encoder {
  /** @param schemaId in the place of the id of the declared schema */
  write(json: string, schemaId?: number): string
  /**
   * Registers another version of the declared schema that says the same: its id is one that no consumer has seen.
   * @returns undefined where there is none
   */
  anotherId(): Promise<number | undefined>
}

/**
 * Registers the schema of a consumer's events, as whoever writes them would have.
 * @returns undefined where they are not written by one
 * @throws {SchemaInvalid} where there is no schema, or an event is not as it says
 */
export async function openEncoder(options: EncoderOptions): Promise<Encoder | undefined> {
  const { name, consumer, prefix, context } = options
  const { registry } = consumer.event
  if (registry === undefined) return undefined
  const { stack, folder } = context
  const topic = prefix + consumer.topic
  const at = `consumers.${name}.event`
  const wrong = (what: string, cause: unknown) =>
    new SchemaInvalid(`${at} can not be written by its schema`, {
      what: `${what}: ${messageOf(cause)}`,
      where: registry.schema,
      hint: `${at}.registry.schema is a file that ends with ${SCHEMA_FILES.join(', ')}, and ${at}.json is an event as it says`,
      cause,
    })
  const schema = await schemaIn(resolve(folder, registry.schema)).catch((cause) => {
    throw wrong('it can not be read', cause)
  })
  await stack.need(['schema-registry'])
  const subject = subjectName(registry.strategy ?? 'topic', topic, schema.name)
  const known = new SchemaRegistry(stack.schemaRegistry.url('host'))
  const own = await known.idOf(subject, schema)
  let words = 0
  return {
    write(json, id = own) {
      try {
        return `base64:${Buffer.from(withId({ id, payload: schema.payload(JSON.parse(json)) })).toString('base64')}`
      } catch (cause) {
        throw wrong(`it does not take ${json}`, cause)
      }
    },
    async anotherId() {
      const text = restated(schema, `${topic} ${++words}`)
      if (text === undefined) return undefined
      const id = await known.idOf(subject, { format: schema.format, text })
      return id === own ? undefined : id
    },
  }
}

async function schemaIn(path: string): Promise<Schema> {
  return readSchema({ format: formatOfFile(path) ?? 'AVRO', text: await readFile(path, 'utf8') })
}
