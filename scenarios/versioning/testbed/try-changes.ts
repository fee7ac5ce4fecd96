import { readSchema } from '../../../schemas/read-schema.ts'
import type { Change, Schema } from '../../../schemas/schema.ts'
import type { SchemaRegistry } from '../../testbed/schema-registry.ts'
import type { TriedChange } from '../view/registry-facts.ts'
import type { KnownVersion } from './versions.ts'

interface Subject {
  readonly registry: SchemaRegistry
  readonly subject: string
  /** Of its own; undefined where it has none: then what the registry assumes holds for copies, too. */
  readonly level: string | undefined
  /** Those that the registry took, oldest first. */
  readonly versions: readonly KnownVersion[]
}

/** Breaks each rule of evolution once, each time on another copy of the subject, and tells what came of it. */
export async function tryChanges(of: Subject): Promise<readonly TriedChange[]> {
  const newest = of.versions.at(-1)
  if (newest === undefined) return []
  return Promise.all(
    newest.schema
      .changes()
      .map((change, number) => tryChange(of, newest, change, `${of.subject}-eventproof-${number + 1}`)),
  )
}

async function tryChange(
  of: Subject,
  newest: KnownVersion,
  { rule, field, says, text }: Change,
  copy: string,
): Promise<TriedChange> {
  const { registry } = of
  const schema = readSchema({ format: newest.schema.format, text })
  try {
    await copyTo(copy, of)
    const { accepted, says: answer } = await registry.register(copy, schema)
    const breaks = of.versions.flatMap((version) => broken(schema, version))
    return { rule, field, says, schema: text, of: newest.version, accepted, answer, breaks }
  } finally {
    await registry.remove(copy)
  }
}

/**
 * All versions as they are, and then the level: it must not look at what is there already. A subject without a level got
 * its versions past what the registry assumes, and so does its copy: a level that was there once is not taken back by
 * each registry.
 */
async function copyTo(copy: string, { registry, level, versions }: Subject): Promise<void> {
  if (level !== undefined) await registry.setLevel(copy, 'NONE')
  for (const { schema } of versions) await registry.register(copy, schema)
  if (level !== undefined) await registry.setLevel(copy, level)
}

function broken(changed: Schema, { version, schema }: KnownVersion): TriedChange['breaks'] {
  const backward = changed.misreads(schema)
  const forward = schema.misreads(changed)
  return [
    ...(backward === undefined ? [] : [{ direction: 'backward' as const, version, says: backward }]),
    ...(forward === undefined ? [] : [{ direction: 'forward' as const, version, says: forward }]),
  ]
}
