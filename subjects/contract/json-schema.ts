import { z } from 'zod'
import { schemaOf } from './parse-config.ts'
import type { ConfigSection } from './section.ts'

/** The contract as JSON Schema 2020-12, for editors and for configs that are not TypeScript. */
export function jsonSchema(sections: readonly ConfigSection[]): object {
  return z.toJSONSchema(schemaOf(sections), { unrepresentable: 'any' })
}
