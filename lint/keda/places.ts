import { SCHEMAS, type Schema } from './schema.ts'

/** A field of a ScaledObject's spec. */
export interface SchemaPlace {
  /** Such as `spec.advanced.horizontalPodAutoscalerConfig.behavior`; `[]` after a list. */
  readonly path: string
  readonly schema: Schema
}

const PLACES: ReadonlyMap<string, readonly SchemaPlace[]> = new Map(
  Object.entries(
    Object.groupBy([...below('spec', SCHEMAS.ScaledObject ?? {})], ({ path }) =>
      path.slice(path.lastIndexOf('.') + 1),
    ),
  ).map(([name, places]) => [name, places ?? []]),
)

/** All names of fields, wherever they belong. */
export const FIELD_NAMES: readonly string[] = [...PLACES.keys()]

/** Where a field of this name belongs, the nearest to the top first. */
export function placesOf(name: string): readonly SchemaPlace[] {
  return (PLACES.get(name) ?? []).toSorted((a, b) => a.path.split('.').length - b.path.split('.').length)
}

function* below(path: string, { properties = {}, items }: Schema): Iterable<SchemaPlace> {
  if (items !== undefined) yield* below(`${path}[]`, items)
  for (const [name, schema] of Object.entries(properties)) {
    yield { path: `${path}.${name}`, schema }
    yield* below(`${path}.${name}`, schema)
  }
}
