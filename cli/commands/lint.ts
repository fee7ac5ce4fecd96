import { glob } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { UsageError } from '../../core/usage-error.ts'
import type { LintContext } from '../../lint/context.ts'
import { type LintResult, lintScaledObjects } from '../../lint/lint.ts'
import { SECTIONS } from '../../scenarios/config.ts'
import { checkDeployments } from '../../scenarios/scaling/declared-deployments.ts'
import { declaredManifests, declaredScaling } from '../../scenarios/scaling/declared-scaling.ts'
import { configFile } from '../../session/config-file.ts'
import { type LoadedConfig, loadConfig } from '../../subjects/contract/load.ts'
import { counted, findingText, tally } from '../lint/finding-text.ts'
import type { LintFormat } from '../lint/format.ts'
import { manifestFiles } from '../lint/manifest-files.ts'
import { sarifOf } from '../lint/sarif.ts'
import type { Output } from '../output.ts'

export interface TypedLintOptions {
  readonly config?: string
  readonly json?: true
  readonly format?: LintFormat
}

interface Surroundings {
  readonly cwd: string
  readonly output: Output
  readonly stdin: AsyncIterable<Uint8Array>
  /** Ours. */
  readonly version: string
}

/**
 * Lints the ScaledObjects among manifests, compared with what the config declares where there is one.
 * @param paths files, folders or `-`; none: the manifests that the config's `scaling` names
 * @returns 0 where no error was found (warnings may have been), 1 otherwise
 * @throws {UsageError} where there is nothing to lint. @throws {ConfigInvalid} {ManifestInvalid}
 */
export async function lintCommand(
  paths: readonly string[],
  typed: TypedLintOptions,
  { cwd, output, stdin, version }: Surroundings,
): Promise<number> {
  const config = await configOf(typed, cwd)
  const context: LintContext = config === undefined ? {} : declaredScaling(config.config)
  const named = paths.length > 0 ? paths : await manifestsOf(config, cwd)
  const files = await manifestFiles(named, { cwd, stdin })
  const result = lintScaledObjects(files, context)
  const clean = !result.findings.some(({ severity }) => severity === 'error')
  const format = typed.format ?? (typed.json === true ? 'json' : 'text')
  const nothing = result.objects.length === 0 && clean
  // What was skipped says why there is nothing.
  if (!nothing || format !== 'sarif')
    for (const text of texts[format](result, output, version)) output.result(text)
  if (nothing) {
    throw new UsageError('there is nothing to lint', {
      what: `no ScaledObject was found in ${counted(files.length, 'file')}`,
      where: named.join(' '),
      hint: 'where kustomize or Helm makes it: `kustomize build … | eventproof lint -`',
    })
  }
  if (format === 'json') output.result(resultLine(result, config?.path ?? null))
  if (format === 'text') {
    const compared = config === undefined ? '' : `, compared with ${relative(cwd, config.path)}`
    const mark = clean ? output.style('green', '✓') : output.style('red', '✗')
    output.result(
      `${mark} ${tally(result.findings)} in ${counted(result.objects.length, 'ScaledObject')}${compared}`,
    )
  }
  return clean ? 0 : 1
}

type Texts = (result: LintResult, output: Output, version: string) => readonly string[]

const texts: Readonly<Record<LintFormat, Texts>> = {
  text: ({ findings }, { style }) => findings.map((finding) => `${findingText(finding, style)}\n`),
  json: ({ findings }) => findings.map((finding) => JSON.stringify({ type: 'finding', ...finding })),
  sarif: ({ findings }, _, version) => [JSON.stringify(sarifOf(findings, version), undefined, 2)],
}

function resultLine({ findings, objects }: LintResult, config: string | null): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const warnings = findings.length - errors
  return JSON.stringify({ type: 'result', clean: errors === 0, errors, warnings, objects, config })
}

/** The named config, else the one of the working directory, else none: foreign manifests need no config. */
async function configOf({ config }: TypedLintOptions, cwd: string): Promise<LoadedConfig | undefined> {
  const path = configFile(config, cwd)
  if (path === undefined) return undefined
  const loaded = await loadConfig(path, SECTIONS)
  await checkDeployments(loaded.config, loaded.folder)
  return loaded
}

/** Relative to the working directory, as people read them. */
async function manifestsOf(config: LoadedConfig | undefined, cwd: string): Promise<string[]> {
  const patterns = config === undefined ? [] : declaredManifests(config.config)
  const found: string[] = []
  for (const pattern of patterns) {
    for await (const path of glob(pattern, { cwd: config?.folder ?? cwd }))
      found.push(relative(cwd, join(config?.folder ?? cwd, path)))
  }
  if (found.length > 0) return found.toSorted()
  throw new UsageError('there is nothing to lint', {
    what:
      patterns.length === 0
        ? 'no path was given, and no config names manifests in `scaling`'
        : `no file matches ${patterns.join(', ')}`,
    hint: 'eventproof lint k8s/, or `kustomize build … | eventproof lint -`',
  })
}
