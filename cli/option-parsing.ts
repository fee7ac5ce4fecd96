import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'
import type { Profile, ProveOptions } from './options.ts'
import { UsageError } from './usage-error.ts'

const CONFIG_NAMES = [
  'eventproof.config.ts',
  'eventproof.config.mts',
  'eventproof.config.mjs',
  'eventproof.config.js',
]
/** Scenarios wait more than they compute, so one more than cores; but each brings services of its own, which fight for them. */
const MOST_JOBS = 4

/** As commander hands them over: checked one by one, not yet against each other. */
export interface TypedProveOptions {
  /** The name of a driver. */
  readonly stack: string
  readonly config?: string
  readonly twin?: string
  readonly seed?: string
  readonly repeat: number
  readonly jobs?: number
  readonly profile: Profile
  readonly events?: number
  readonly disarm?: true | readonly string[]
  readonly out?: string
  readonly json?: true
}

/** For commander: a whole number that is at least `least`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value
    throw new InvalidArgumentError(`A whole number, ${least} or more, is needed.`)
  }
}

/**
 * Fills in the defaults: the config file of the working directory, a fresh seed, one job more than the machine has cores.
 * @throws {UsageError} where two options contradict each other or a named config file does not exist.
 */
export function proveOptions(
  selection: readonly string[],
  typed: TypedProveOptions,
  { cwd, commandLine }: { readonly cwd: string; readonly commandLine: readonly string[] },
): ProveOptions {
  const config = typed.twin === undefined ? configFile(typed.config, cwd) : undefined
  if (typed.twin !== undefined && typed.config !== undefined) {
    throw new UsageError('--twin and --config exclude each other', {
      what: 'a twin is a variation of the shipped reference services, which a config file replaces',
      hint: 'leave one of them out',
    })
  }
  return {
    selection,
    stack: typed.stack,
    ...(config === undefined ? {} : { config }),
    ...(typed.twin === undefined ? {} : { twin: typed.twin }),
    seed: typed.seed ?? randomBytes(4).toString('hex'),
    repeat: typed.repeat,
    jobs: typed.jobs ?? Math.min(MOST_JOBS, availableParallelism() + 1),
    profile: typed.profile,
    ...(typed.events === undefined ? {} : { events: typed.events }),
    disarm: typed.disarm === true ? ['all'] : (typed.disarm ?? []),
    out: resolve(cwd, typed.out ?? '.eventproof/runs'),
    commandLine,
  }
}

function configFile(named: string | undefined, cwd: string): string | undefined {
  if (named === undefined)
    return CONFIG_NAMES.map((name) => resolve(cwd, name)).find((path) => existsSync(path))
  const path = resolve(cwd, named)
  if (existsSync(path)) return path
  throw new UsageError('the config file does not exist', {
    what: `--config names ${named}`,
    where: path,
    hint: `leave --config out to prove the shipped reference services, or name a file such as ${CONFIG_NAMES[0]}`,
  })
}
