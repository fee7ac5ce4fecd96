import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Encoding } from '../reference/relay/encoding.ts'
import type { RegisteredSettings } from '../reference/relay/registered-events.ts'
import { registeredRelay, schemaFromEnvironment } from '../reference/relay/registered-setup.ts'
import { runRelay } from '../reference/relay/setup.ts'
import { required } from '../reference/service/environment.ts'

/**
 * Runs the reference's relay with a schema that refers to another one, beside its file, which is a subject of its own.
 * @param encoding from the texts of both
 */
export async function runReferringRelay(
  file: string,
  encoding: (schema: string, referred: string) => Encoding,
  value?: RegisteredSettings['value'],
): Promise<void> {
  const settings = await schemaFromEnvironment()
  const referred = await readFile(join(dirname(required('SCHEMA')), file), 'utf8')
  const own = encoding(settings.schema, referred)
  const { registry } = settings
  const subject = required('REFERRED_SUBJECT')
  runRelay(
    registeredRelay({
      ...settings,
      ...(value === undefined ? {} : { value }),
      encoding: own,
      references: [{ name: file, subject, version: 1 }],
      // What a schema refers to is registered before it.
      registry: {
        async register(...schema) {
          await registry.register(subject, own.format, referred)
          return registry.register(...schema)
        },
      },
    }),
  )
}
