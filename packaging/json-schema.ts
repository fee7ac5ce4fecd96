import { loadKinds, sectionsOf } from '../scenarios/kinds.ts'
import { jsonSchema } from '../subjects/contract/json-schema.ts'
import type { Field } from './config-types.ts'

/** Where the schema of a config is kept, for editors and for configs that are not TypeScript. */
export const SCHEMA_FILE = new URL('../subjects/contract/subject.schema.json', import.meta.url)

/** What of a JSON Schema has comments. */
interface Described {
  description?: string
  readonly properties?: Readonly<Record<string, Described>>
  readonly additionalProperties?: Described | boolean
}

/** The JSON Schema of a config, with the comments of its fields; two spaces, ending with a line break. */
export async function describedSchema(fields: readonly Field[]): Promise<string> {
  const schema = jsonSchema(sectionsOf(await loadKinds()))
  describe(schema, fields)
  return `${JSON.stringify(schema, null, 2)}\n`
}

function describe({ properties = {} }: Described, fields: readonly Field[]): void {
  for (const { name, comment, fields: inner, each } of fields) {
    const field = properties[name]
    if (field === undefined) throw new Error(`the schema has no field '${name}'`)
    if (comment !== '') field.description = comment.replaceAll('\n', ' ')
    describe(field, inner)
    if (typeof field.additionalProperties === 'object') describe(field.additionalProperties, each)
  }
}
