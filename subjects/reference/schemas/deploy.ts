import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { log } from '../service/log.ts'
import type { Registry, SchemaType } from './registry.ts'

const TYPES: Readonly<Record<string, SchemaType>> = { '.avsc': 'AVRO', '.proto': 'PROTOBUF', '.json': 'JSON' }

export interface Deployment {
  readonly registry: Registry
  readonly subject: string
  /** A file for each version, in the order of their names. */
  readonly dir: string
  /** Set with the first version: whatever comes later is held against it. */
  readonly level: string
}

/** Registers what is there of a subject's versions; those that the registry has already stay as they are. */
export async function deploy({ registry, subject, dir, level }: Deployment): Promise<void> {
  const files = (await readdir(dir)).filter((file) => extname(file) in TYPES)
  for (const [at, file] of files.sort().entries()) {
    const schema = await readFile(join(dir, file), 'utf8')
    const id = await registry.register(subject, TYPES[extname(file)] ?? 'AVRO', schema)
    if (at === 0) await registry.setLevel(subject, level)
    log('registered', { subject, file, id })
  }
}
