import { glob } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UsageError } from '../core/usage-error.ts'
import { AUTO } from '../stacks/choose-driver.ts'
import { vocabularyOf } from '../steps/vocabulary.ts'
import { configFile } from './config-file.ts'
import { type FeatureFolder, loadFeatures } from './features.ts'
import { LiveSession } from './live-session.ts'
import type { SessionOptions } from './options.ts'
import type { Session } from './session.ts'
import { type Subject, subjectOf } from './subject.ts'

/** The features that we ship. */
const SHIPPED: FeatureFolder = {
  root: fileURLToPath(new URL('../', import.meta.url)),
  features: ['features/**/*.feature'],
}

/**
 * Reads the config, the kinds of subjects, the features and their steps. Nothing is started before it is needed.
 * @throws {ConfigInvalid} {FeatureInvalid} {UsageError}
 */
export async function openSession(options: SessionOptions = {}): Promise<Session> {
  const cwd = options.cwd ?? process.cwd()
  const subject = await subjectOf({
    config: options.twin === undefined ? configFile(options.config, cwd) : undefined,
    twin: options.twin,
  })
  const words = await vocabularyOf(subject.kinds)
  const own = await ownFeatures(options, subject, cwd)
  const features = await loadFeatures(words, [SHIPPED, ...own.folders], own.steps)
  return new LiveSession({
    opened: options,
    subject,
    words,
    features,
    stack: options.stack ?? AUTO,
    profile: options.profile ?? 'quick',
    twin: options.twin,
    out: resolve(cwd, options.out ?? '.eventproof/runs'),
    once: options.once === true,
    keep: options.keep === true,
    report: options.onProgress ?? (() => {}),
  })
}

/** Those of the config start in its folder, those of the options in the working directory. @throws {UsageError} */
async function ownFeatures(
  options: Pick<SessionOptions, 'features' | 'steps'>,
  { config, folder }: Subject,
  cwd: string,
): Promise<{ readonly folders: readonly FeatureFolder[]; readonly steps: readonly string[] }> {
  const named = [
    { root: folder, features: config.features ?? [], steps: config.steps ?? [] },
    { root: cwd, features: options.features ?? [], steps: options.steps ?? [] },
  ]
  const folders = named.filter(({ features }) => features.length > 0)
  for (const { root, features } of folders) await filesOf(features, root, 'feature')
  const steps = await Promise.all(named.map((one) => filesOf(one.steps, one.root, 'module of steps')))
  return { folders, steps: [...new Set(steps.flat())] }
}

/** Absolute paths. @throws {UsageError} for a pattern that no file matches */
async function filesOf(patterns: readonly string[], root: string, noun: string): Promise<string[]> {
  const found: string[] = []
  for (const pattern of patterns) {
    const files: string[] = []
    for await (const file of glob(pattern, { cwd: root })) files.push(file)
    if (files.length === 0)
      throw new UsageError(`there is no ${noun}`, {
        what: `no file matches '${pattern}'`,
        where: root,
        hint: "patterns start there, and '**' stands for any folders: 'features/**/*.feature'",
      })
    found.push(...files.sort().map((file) => resolve(root, file)))
  }
  return found
}
