import type { SchemaText } from '../../schemas/schema.ts'

/** What a registry says of an id, asked as soon as a record with it was seen. */
export interface SaidOfId {
  readonly id: number
  /** How often it was asked until it answered: more than once, and the answer is not as old as the record. */
  readonly tries: number
  /** Undefined where it knows no such id. */
  readonly schema?: SchemaText
  /** Subjects that have it. */
  readonly subjects: readonly string[]
}

declare module '../../proof/history/fact.ts' {
  interface Facts {
    'schema.id': SaidOfId
  }
}
