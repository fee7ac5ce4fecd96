import { fileURLToPath } from 'node:url'
import { declaredIn } from '../../scenarios/config.ts'
import {
  type CommonConfig,
  type ConfigSection,
  loadConfig,
  parseConfig,
} from '../../subjects/contract/index.ts'
import type { ProveOptions } from '../options.ts'
import { twinNamed } from '../twin-named.ts'

const REFERENCE = fileURLToPath(new URL('../../eventproof.config.ts', import.meta.url))

/** What is put to the test. */
export interface Subject {
  readonly config: CommonConfig
  readonly folder: string
  readonly path: string
  readonly sha256: string
  /** What is done by hand to its ScaledObjects while they run, where that is what a twin is about. */
  readonly annotated?: Readonly<Record<string, string>>
}

/**
 * The user's config, or the shipped reference, or a twin of it.
 * @param sections that it may have @throws {ConfigInvalid} {UsageError}
 */
export async function subjectOf(
  options: Pick<ProveOptions, 'config' | 'twin'>,
  sections: readonly ConfigSection[],
): Promise<Subject> {
  const { config, folder, path, sha256 } = await loadConfig(options.config ?? REFERENCE, sections)
  if (options.twin === undefined) return { config, folder, path, sha256 }
  const twin = twinNamed(options.twin)
  const { annotated } = twin
  return {
    config: parseConfig(twin.config(declaredIn(config)), `${path} as ${twin.name}`, sections),
    folder,
    path,
    sha256,
    ...(annotated ? { annotated } : {}),
  }
}
