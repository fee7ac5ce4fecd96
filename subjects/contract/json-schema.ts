import { z } from 'zod'
import { subjectSchema } from './schema.ts'

/** Where the emitted schema is kept, for editors and for configs that are not TypeScript. */
export const SCHEMA_FILE = new URL('./subject.schema.json', import.meta.url)

/** The contract as JSON Schema 2020-12, two spaces, ending with a line break. */
export function jsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(subjectSchema, { unrepresentable: 'any' }), null, 2)}\n`
}
