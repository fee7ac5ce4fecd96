import type { ApiName } from './api.ts'
import schemas from './schemas.json' with { type: 'json' }
import { inVersions } from './versions.ts'

/** A message of the protocol, as Kafka's own definitions describe it: version ranges are `3`, `0-12`, `9+` or `none`. */
export interface MessageDefinition {
  readonly versions: string
  readonly flexible: string
  readonly fields: readonly FieldDefinition[]
}

export interface FieldDefinition {
  readonly name: string
  /** A scalar, `struct`, or one of both behind `[]`. */
  readonly type: string
  readonly versions: string
  readonly nullable?: string
  readonly tagged?: string
  readonly tag?: number
  readonly default?: string
  readonly fields?: readonly FieldDefinition[]
}

export type Scalar = 'bool' | 'int8' | 'int16' | 'int32' | 'int64' | 'string' | 'uuid' | 'bytes' | 'records'

/** A field as one version has it. */
export interface Field {
  readonly name: string
  readonly type: Scalar | Layout
  readonly array: boolean
  readonly nullable: boolean
  /** Absent: the field is always there, in its place. */
  readonly tag?: number
  readonly default?: string
}

/** What one version of a message or of a structure inside it consists of, in order. */
export interface Layout {
  readonly flexible: boolean
  readonly fields: readonly Field[]
  readonly tagged: ReadonlyMap<number, Field>
}

export interface Api {
  readonly name: ApiName
  readonly key: number
  /** Undefined for a version that the definitions do not know. */
  request(version: number): Layout | undefined
  response(version: number): Layout | undefined
}

interface Definitions {
  readonly apis: Record<ApiName, { key: number; request: MessageDefinition; response: MessageDefinition }>
  readonly data: Record<'ConsumerProtocolSubscription' | 'ConsumerProtocolAssignment', MessageDefinition>
}

const { apis, data } = schemas as Definitions

const byKey = new Map<number, Api>(
  Object.entries(apis).map(([name, { key, request, response }]) => [
    key,
    { name: name as ApiName, key, request: layouts(request), response: layouts(response) },
  ]),
)

/** Undefined for an API that the proxy does not look into. */
export function apiOf(key: number): Api | undefined {
  return byKey.get(key)
}

export function apiNamed(name: ApiName): Api {
  return byKey.get(apis[name].key) as Api
}

/** What consumers of the classic protocol tell each other through the broker. */
export const subscriptionLayout = layouts(data.ConsumerProtocolSubscription)
export const assignmentLayout = layouts(data.ConsumerProtocolAssignment)

function layouts(definition: MessageDefinition): (version: number) => Layout | undefined {
  const known = new Map<number, Layout>()
  return (version) => {
    if (!inVersions(definition.versions, version)) return undefined
    const layout = known.get(version) ?? layoutOf(definition.fields, version, definition.flexible)
    known.set(version, layout)
    return layout
  }
}

function layoutOf(definitions: readonly FieldDefinition[], version: number, flexible: string): Layout {
  const fields = definitions
    .filter(({ versions }) => inVersions(versions, version))
    .map((definition): Field => {
      const type = definition.type.replace('[]', '')
      return {
        name: definition.name,
        type: definition.fields ? layoutOf(definition.fields, version, flexible) : (type as Scalar),
        array: definition.type.startsWith('[]'),
        nullable: inVersions(definition.nullable, version),
        ...(inVersions(definition.tagged, version) ? { tag: definition.tag as number } : {}),
        ...(definition.default === undefined ? {} : { default: definition.default }),
      }
    })
  return {
    flexible: inVersions(flexible, version),
    fields: fields.filter(({ tag }) => tag === undefined),
    tagged: new Map(fields.flatMap((field) => (field.tag === undefined ? [] : [[field.tag, field]]))),
  }
}
