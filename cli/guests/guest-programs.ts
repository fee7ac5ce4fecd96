import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Cache, type Recipe } from '../../core/cache.ts'
import { cacheFolder } from '../../core/cache-folder.mjs'
import type { Guest, Toolchain } from '../../subjects/guests/catalogue.ts'

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url))
const FOLDER = fileURLToPath(new URL('../../subjects/guests', import.meta.url))

/** Milliseconds: all that Spring Boot needs comes from the registry. */
const BUILT_WITHIN = 15 * 60_000

interface Build {
  /** Files of the guest that decide what comes out. */
  readonly of: RegExp
  /** Puts programs or libraries into `into`. */
  build(from: string, into: string): Promise<unknown>
  /** How its services find them. */
  found(at: string): Readonly<Record<string, string>>
}

const run = (command: string, args: readonly string[], cwd: string, env = process.env) =>
  promisify(execFile)(command, [...args], { cwd, env, timeout: BUILT_WITHIN, maxBuffer: 64 << 20 })

/** An image that holds such a program and nothing else can run it. */
const STATIC = { ...process.env, CGO_ENABLED: '0' }

const PATH = process.env.PATH ?? ''

/** What is obtained or built with a toolchain's own program. A guest in Node finds its packages in ours. */
const BUILDS: Readonly<Record<Exclude<Toolchain, 'node'>, Build>> = {
  python: {
    of: /requirements\.txt$/,
    build: (from, into) =>
      run('python3', ['-m', 'pip', 'install', '-q', '--target', into, '-r', 'requirements.txt'], from),
    found: (at) => ({ PYTHONPATH: at }),
  },
  go: {
    of: /\.go$|go\.(mod|sum)$/,
    build: (from, into) =>
      run('go', ['build', '-buildvcs=false', '-o', `${into}/`, './cmd/...'], from, STATIC),
    found: (at) => ({ PATH: `${at}${delimiter}${PATH}`, PROGRAMS: at }),
  },
  java: {
    of: /\.(java|yml)$|pom\.xml$/,
    async build(from, into) {
      const copy = join(into, 'copy')
      await cp(from, copy, { recursive: true })
      await run('mvn', ['-q', '-B', '-DskipTests', 'package'], copy)
      for (const name of await readdir(join(copy, 'target')))
        if (name.endsWith('.jar')) await rename(join(copy, 'target', name), join(into, name))
      await rm(copy, { recursive: true })
    },
    found: (at) => ({ JARS: at }),
  },
}

/** Has the programs of a guest built, once for the machine. @returns the environment in which its config finds them */
export async function programsOf({ name }: Guest): Promise<Readonly<Record<string, string>>> {
  if (name === 'node') return {}
  const { of, build, found } = BUILDS[name]
  const from = join(FOLDER, name)
  const files = (await readdir(from, { recursive: true })).filter((file) => of.test(file)).sort()
  const hashes = await Promise.all(files.map(async (file) => [file, await sha256(join(from, file))]))
  const recipe: Recipe = {
    name: 'guest',
    version: name,
    inputs: [hashes, process.platform, process.arch],
    build: async (into) => {
      await build(from, into)
    },
  }
  return found(await new Cache(cacheFolder()).obtain(recipe))
}

/** Guests that have a Dockerfile. */
export const WITH_IMAGE = ['node', 'go'] as const satisfies readonly Toolchain[]

/** What its config reads where its services are to be images. @param programs as {@link programsOf} has told them */
export function asImages(programs: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { ...programs, IMAGES_FROM: programs.PROGRAMS ?? REPOSITORY }
}

/** The config that describes it. */
export function configOf({ name }: Guest): string {
  return join(FOLDER, name, 'eventproof.config.ts')
}

async function sha256(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
}
