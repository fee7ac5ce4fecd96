import type { SchemaType } from '../schemas/registry.ts'

/** How a payload is written by a schema. */
export interface Encoding {
  readonly format: SchemaType
  readonly contentType: string
  /** What stands behind the id of the schema. @param event the payload, as JSON has it */
  bytes(event: unknown): Buffer
  isValid(event: unknown): boolean
}
