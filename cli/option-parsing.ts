import { resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { UsageError } from '../core/usage-error.ts'
import { configFile } from '../session/config-file.ts'
import type { Profile } from '../session/options.ts'
import type { ProveOptions } from './options.ts'

/** As commander hands them over: checked one by one, not yet against each other. */
export interface TypedProveOptions {
  /** The name of a driver. */
  readonly stack: string
  readonly config?: string
  readonly twin?: string
  readonly subject?: readonly string[]
  readonly seed?: string
  readonly repeat: number
  readonly jobs?: number
  readonly profile: Profile
  readonly events?: number
  readonly disarm?: true | readonly string[]
  readonly antiPatterns: 'report' | 'fail'
  readonly waivers: 'show' | 'accept'
  readonly features?: readonly string[]
  readonly steps?: readonly string[]
  readonly out?: string
  readonly keep?: true
  readonly list?: true
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
 * Fills in what depends on the working directory: the config file there, and where runs are kept.
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
  const named = typed.subject ?? []
  return {
    selection: [...selection, ...named.map((word) => (isSelection(word) ? word : `subject=${word}`))],
    stack: typed.stack,
    ...(config === undefined ? {} : { config }),
    ...(typed.twin === undefined ? {} : { twin: typed.twin }),
    ...(typed.seed === undefined ? {} : { seed: typed.seed }),
    repeat: typed.repeat,
    ...(typed.jobs === undefined ? {} : { jobs: typed.jobs }),
    profile: typed.profile,
    ...(typed.events === undefined ? {} : { events: typed.events }),
    antiPatterns: typed.antiPatterns,
    waivers: typed.waivers,
    disarm: typed.disarm === true ? ['all'] : (typed.disarm ?? []),
    out: resolve(cwd, typed.out ?? '.eventproof/runs'),
    ...(typed.features ? { features: typed.features } : {}),
    ...(typed.steps ? { steps: typed.steps } : {}),
    ...(typed.keep ? { keep: true } : {}),
    cwd,
    commandLine,
  }
}

/** `--subject billing @W19 C2`: the option takes all words behind it, also those that no subject is called by. */
function isSelection(word: string): boolean {
  return word.startsWith('@') || /^[A-Z]+\d+$/.test(word)
}
