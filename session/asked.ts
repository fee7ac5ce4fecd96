import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { commandLineOf } from './command-line.ts'
import type { Profile, RunOptions, SessionOptions } from './options.ts'

/** What a run was asked for, with defaults filled in. */
export interface Asked {
  readonly stack: string
  readonly profile: Profile
  readonly twin: string | undefined
  readonly seed: string
  readonly repeat: number
  /** Scenarios at the same time, at most. */
  readonly jobs: number
  /** How many of them begin whatever else the machine does; the others begin when it has time to spare. */
  readonly eager: number
  readonly selection: readonly string[]
  readonly disarm: readonly string[]
  readonly commandLine: readonly string[]
}

/**
 * Scenarios wait more than they compute: one more than cores always, and three to a core while the machine has time to
 * spare. Services that are heavy to start take that time, and have the machine to fewer.
 */
const EAGER = { beside: 1, most: 4 }
const SPARING = { each: 3, most: 8 }

export function askedOf(
  {
    stack,
    profile,
    twin,
    opened,
  }: Pick<Asked, 'stack' | 'profile' | 'twin'> & { readonly opened: SessionOptions },
  options: RunOptions,
): Asked {
  const { selection = [], seed, repeat = 1, jobs, disarm = [], commandLine } = options
  const cores = availableParallelism()
  const eager = jobs ?? Math.min(EAGER.most, cores + EAGER.beside)
  return {
    stack,
    profile,
    twin,
    seed: seed ?? randomBytes(4).toString('hex'),
    repeat,
    jobs: jobs ?? Math.max(eager, Math.min(SPARING.most, cores * SPARING.each)),
    eager,
    selection,
    disarm,
    commandLine: commandLine ?? commandLineOf(opened, options),
  }
}
