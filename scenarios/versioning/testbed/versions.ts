import type { Schema } from '../../../schemas/schema.ts'

/** A version that was understood. */
export interface KnownVersion {
  readonly version: number
  readonly schema: Schema
}
