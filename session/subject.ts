import { isAbsolute, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { messageOf } from '../core/error.ts'
import { nearest } from '../core/nearest.ts'
import { declaredIn } from '../scenarios/config.ts'
import { loadKinds, type SubjectKinds, sectionsOf } from '../scenarios/kinds.ts'
import { fromCompose } from '../subjects/contract/compose/from-compose.ts'
import { type CommonConfig, ConfigInvalid, parseConfig } from '../subjects/contract/index.ts'
import { kindsNamedIn, readConfig } from '../subjects/contract/load.ts'
import { checkExternal } from './external.ts'
import { twinNamed } from './twin-named.ts'

const REFERENCE = fileURLToPath(new URL('../eventproof.config.ts', import.meta.url))

/** What is put to the test. */
export interface Subject {
  readonly config: CommonConfig
  /** Those that the config names among them. */
  readonly kinds: SubjectKinds
  /** Where relative paths of the config start. */
  readonly folder: string
  readonly path: string
  readonly sha256: string
  /** It is what we ship: the reference services, or a twin of one. */
  readonly shipped: boolean
  /** What is done by hand to its ScaledObjects while they run, where that is what a twin is about. */
  readonly annotated?: Readonly<Record<string, string>>
  /** What was taken from compose files, for people. */
  readonly told: readonly string[]
}

/**
 * The user's config, or the shipped reference, or a twin of it, with the files that it names.
 * @throws {ConfigInvalid} {ComposeUnfit} {ManifestInvalid} {UsageError}
 */
export async function subjectOf(options: SubjectOptions): Promise<Subject> {
  const subject = await declaredSubject(options)
  for (const kind of subject.kinds.values()) await kind.checkFiles?.(subject.config, subject.folder)
  return subject
}

interface SubjectOptions {
  readonly config?: string | undefined
  readonly twin?: string | undefined
}

async function declaredSubject(options: SubjectOptions): Promise<Subject> {
  const { value, folder, path, sha256 } = await readConfig(options.config ?? REFERENCE)
  const kinds = await kindsOf(value, folder, path)
  const sections = sectionsOf(kinds)
  const written = parseConfig(value, path, sections)
  const { config, told } = await fromCompose(written, folder)
  checkAntiPatterns(config, kinds, path)
  checkExternal(config, kinds, path)
  const shipped = options.config === undefined
  if (options.twin === undefined) return { config, kinds, folder, path, sha256, shipped, told }
  const twin = twinNamed(options.twin)
  const { annotated } = twin
  return {
    config: parseConfig(twin.config(declaredIn(config)), `${path} as ${twin.name}`, sections),
    kinds,
    folder,
    path,
    sha256,
    shipped,
    told,
    ...(annotated ? { annotated } : {}),
  }
}

/** @throws {ConfigInvalid} for a threshold of an anti-pattern that nothing looks for */
function checkAntiPatterns({ antiPatterns = {} }: CommonConfig, kinds: SubjectKinds, where: string): void {
  const known = [...kinds.values()].flatMap((kind) => kind.antiPatterns.map(({ id }) => id))
  const unknown = Object.keys(antiPatterns).find((id) => !known.includes(id))
  if (unknown === undefined) return
  const close = nearest(unknown, known)
  throw new ConfigInvalid(`the config is not valid: antiPatterns.${unknown}`, {
    what: `antiPatterns.${unknown}: found a name that no anti-pattern has, allowed is ${[...new Set(known)].join(', ')}`,
    where,
    ...(close === undefined ? {} : { hint: `did you mean '${close}'?` }),
  })
}

/** The kinds that we ship and those of a config. @throws {ConfigInvalid} where a file of its `kinds` has none */
async function kindsOf(value: unknown, folder: string, where: string): Promise<SubjectKinds> {
  const files = kindsNamedIn(value).map((name) => (isAbsolute(name) ? name : resolve(folder, name)))
  try {
    return await loadKinds(files.map((file) => pathToFileURL(file)))
  } catch (cause) {
    throw new ConfigInvalid('a kind of subject that the config names can not be loaded', {
      what: messageOf(cause),
      where,
      hint: "each file of `kinds` exports `kind`, made by subjectKind({ … }) of 'eventproof/kind'",
      cause,
    })
  }
}
