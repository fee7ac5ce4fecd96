import { parse } from 'yaml'
import type { Schema } from './schema.ts'

interface Definition {
  readonly spec: {
    readonly names: { readonly kind: string }
    readonly versions: readonly { readonly schema: { readonly openAPIV3Schema: OpenApi } }[]
  }
}

interface OpenApi extends Omit<Schema, 'properties' | 'items' | 'additionalProperties'> {
  readonly properties?: Readonly<Record<string, OpenApi>>
  readonly items?: OpenApi
  readonly additionalProperties?: OpenApi
  readonly 'x-kubernetes-int-or-string'?: boolean
  readonly 'x-kubernetes-preserve-unknown-fields'?: boolean
}

interface PatchStep {
  readonly op: string
  readonly path: string
  readonly value: unknown
}

/** The kind that a resource definition is of, and its schema without words; patched as KEDA's releases are. */
export function compactSchema(definition: string, patch = '[]'): readonly [kind: string, schema: Schema] {
  const read: Definition = parse(definition)
  for (const step of parse(patch) as PatchStep[]) apply(read, step)
  const [version] = read.spec.versions
  if (version === undefined) throw new TypeError('a resource definition without a version')
  const { spec } = version.schema.openAPIV3Schema.properties ?? {}
  if (spec === undefined) throw new TypeError('a resource definition without a spec')
  return [read.spec.names.kind, compact(spec)]
}

/** The one operation of JSON Patch that KEDA's releases use. */
function apply(target: object, { op, path, value }: PatchStep): void {
  const keys = path.split('/').slice(1)
  const last = keys.pop()
  if (op !== 'add' || last === undefined) throw new TypeError(`a patch that was not expected: ${op} ${path}`)
  const holder = keys.reduce<unknown>((at, key) => Reflect.get(Object(at), key), target)
  Reflect.set(Object(holder), last, value)
}

const KEPT = [
  'type',
  'format',
  'required',
  'enum',
  'minimum',
  'maximum',
  'minLength',
  'minItems',
  'pattern',
  'default',
] as const

function compact(schema: OpenApi): Schema {
  const { properties, items, additionalProperties } = schema
  return {
    ...Object.fromEntries(KEPT.filter((key) => schema[key] !== undefined).map((key) => [key, schema[key]])),
    ...(schema['x-kubernetes-int-or-string'] ? { intOrString: true } : {}),
    ...(schema['x-kubernetes-preserve-unknown-fields'] ? { open: true } : {}),
    ...(additionalProperties === undefined ? {} : { additionalProperties: compact(additionalProperties) }),
    ...(items === undefined ? {} : { items: compact(items) }),
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, each]) => [name, compact(each)]),
          ),
        }),
  }
}
