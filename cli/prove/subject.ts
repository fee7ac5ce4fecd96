import { fileURLToPath } from 'node:url'
import type { SubjectConfig } from '../../subjects/contract/index.ts'
import { loadConfig } from '../../subjects/contract/load.ts'
import { parseConfig } from '../../subjects/contract/schema.ts'
import type { ProveOptions } from '../options.ts'
import { twinNamed } from '../twin-named.ts'

const REFERENCE = fileURLToPath(new URL('../../eventproof.config.ts', import.meta.url))

/** What is put to the test. */
export interface Subject {
  readonly config: SubjectConfig
  readonly folder: string
  readonly path: string
  readonly sha256: string
  /** What is done by hand to its ScaledObjects while they run, where that is what a twin is about. */
  readonly annotated?: Readonly<Record<string, string>>
}

/** The user's config, or the shipped reference, or a twin of it. @throws {ConfigInvalid} {UsageError} */
export async function subjectOf(options: Pick<ProveOptions, 'config' | 'twin'>): Promise<Subject> {
  const { config, folder, path, sha256 } = await loadConfig(options.config ?? REFERENCE)
  if (options.twin === undefined) return { config, folder, path, sha256 }
  const twin = twinNamed(options.twin)
  const { annotated } = twin
  return {
    config: parseConfig(twin.config(config), `${path} as ${twin.name}`),
    folder,
    path,
    sha256,
    ...(annotated ? { annotated } : {}),
  }
}
