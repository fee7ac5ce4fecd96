/** As the registry's API calls them. */
export const FORMATS = ['AVRO', 'PROTOBUF', 'JSON'] as const

export type FormatName = (typeof FORMATS)[number]

/** What a registry keeps. */
export interface SchemaText {
  readonly format: FormatName
  readonly text: string
  /** All that it refers to, also by others; each stands behind what it refers to itself. */
  readonly references?: readonly ReferredText[]
}

/** A schema of another subject, of the same format. */
export interface ReferredText {
  /** As who refers to it calls it: a type of Avro, an import of Protobuf, a `$ref` of JSON Schema. */
  readonly name: string
  readonly text: string
}

/** What a serializer of a registry wrote behind a schema's id. */
export interface Written {
  /** The full name of its record or message. */
  readonly name: string | undefined
  readonly event: unknown
}

/** A schema that was understood: what one writes by it, and what another makes of that. */
export interface Schema extends SchemaText {
  /** Of its record or message, with its namespace; the registry's record strategies name subjects so. */
  readonly name: string | undefined
  /** Bytes of an event in which each field has a value. */
  sample(): Uint8Array
  /** The event in these bytes, as written by this schema. @throws where they are none */
  decode(bytes: Uint8Array): unknown
  /**
   * What is behind the id in a record; of Protobuf it begins with the place of its message.
   * @throws {WrongMessage} where it says that it is a message that it is not; another error where it is not by this schema
   */
  written(payload: Uint8Array): Written
  /** The same, written. @param event as JSON has it @throws where it is not as the schema says */
  payload(event: unknown): Uint8Array
  /** Why one that reads by this schema does not get what was written by the other; undefined where it does. */
  misreads(writer: Schema): string | undefined
  /** What the rules of evolution forbid, each done to a field of this schema. */
  changes(): readonly Change[]
}

/**
 * The guide's five rules, by what breaks them; and one change that keeps them all: a registry that refuses also this one
 * tells good changes from bad ones for nobody.
 */
export const RULES = {
  'added-without-default': { number: 1, says: 'a new field has a default' },
  removed: { number: 2, says: 'a field is not removed, but marked as deprecated first' },
  'type-changed': { number: 3, says: 'a field keeps its type' },
  renamed: { number: 4, says: 'a field keeps its name; a new one is added beside it' },
  'tag-reused': { number: 5, says: 'the number of a Protobuf field is never used again' },
  allowed: { number: 0, says: 'a new field with a default may be added' },
} as const satisfies Readonly<Record<string, { readonly number: number; readonly says: string }>>

export type Rule = keyof typeof RULES

/** One rule of evolution, broken. */
export interface Change {
  readonly rule: Rule
  readonly field: string
  /** What was done: "long amount became a string". */
  readonly says: string
  readonly text: string
}

/** A text is no schema of its format. */
export class NoSchema extends Error {}

/** A payload says by its place that it is a message that it is not. */
export class WrongMessage extends Error {}
