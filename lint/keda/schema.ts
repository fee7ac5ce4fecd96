import data from './schemas.json' with { type: 'json' }

/** What a resource definition says of one field; descriptions are left out. */
export interface Schema {
  readonly type?: string
  readonly format?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  /** Of a map with keys of the writer's own. */
  readonly additionalProperties?: Schema
  readonly required?: readonly string[]
  readonly enum?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly minItems?: number
  /** A regular expression of a text. */
  readonly pattern?: string
  readonly default?: string | number | boolean
  /** A whole number or a text. */
  readonly intOrString?: boolean
  /** Anything may be below it. */
  readonly open?: boolean
}

/** KEDA's resource definitions by kind, made by `npm run keda`. */
export const SCHEMAS: Readonly<Record<string, Schema>> = data
