/** The words of JSON Schema by which a sample is made up; what they do not say is left to the check of the sample. */
export interface JsonSchemaObject {
  readonly $schema?: string
  readonly $id?: string
  readonly $ref?: string
  readonly title?: string
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchemaObject>>
  readonly required?: readonly string[]
  readonly items?: JsonSchemaObject
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly examples?: readonly unknown[]
  readonly format?: string
  readonly minimum?: number
  readonly minLength?: number
  readonly allOf?: readonly JsonSchemaObject[]
  readonly anyOf?: readonly JsonSchemaObject[]
  readonly oneOf?: readonly JsonSchemaObject[]
}

/** A schema may hold itself: so deep a sample goes. */
const DEPTH = 5

const OF_FORMAT: Readonly<Record<string, string>> = {
  date: '2026-01-31',
  time: '10:00:00Z',
  'date-time': '2026-01-31T10:00:00Z',
  duration: 'PT1S',
  email: 'somebody@example.org',
  uri: 'https://example.org/',
  'uri-reference': '/sample',
  uuid: '123e4567-e89b-42d3-a456-426614174000',
}

/** An event in which each property has a value. @param root where `$ref` points into */
export function sampleOf(schema: JsonSchemaObject, root: JsonSchemaObject, depth = 0): unknown {
  const { allOf, ...alone } = schema
  const { $ref, examples, const: constant, enum: symbols } = alone
  if (constant !== undefined) return constant
  if (symbols !== undefined) return symbols[0]
  if (examples?.length) return examples[0]
  const deeper = (inner: JsonSchemaObject) => sampleOf(inner, root, depth + 1)
  if ($ref !== undefined) return depth > DEPTH ? null : deeper(pointedAt($ref, root))
  if (allOf !== undefined) return Object.assign({}, ...[alone, ...allOf].map(deeper))
  const [one] = schema.anyOf ?? schema.oneOf ?? []
  if (one !== undefined) return deeper(one)
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.find((name) => name !== 'null')
  switch (type ?? (schema.properties ? 'object' : 'string')) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).flatMap(([name, inner]) =>
          depth > DEPTH && !schema.required?.includes(name) ? [] : [[name, deeper(inner)]],
        ),
      )
    case 'array':
      return schema.items && depth <= DEPTH ? [deeper(schema.items)] : []
    case 'integer':
    case 'number':
      return Math.max(7, schema.minimum ?? 7)
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return OF_FORMAT[schema.format ?? ''] ?? 'sample'.padEnd(schema.minLength ?? 0, '.')
  }
}

/** Within the same document. */
function pointedAt(ref: string, root: JsonSchemaObject): JsonSchemaObject {
  if (!ref.startsWith('#')) return {}
  return ref
    .slice(1)
    .split('/')
    .filter(Boolean)
    .reduce<JsonSchemaObject>(
      (at, step) => Reflect.get(at, step.replaceAll('~1', '/').replaceAll('~0', '~')) ?? {},
      root,
    )
}
