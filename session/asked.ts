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
  readonly jobs: number
  readonly selection: readonly string[]
  readonly disarm: readonly string[]
  readonly commandLine: readonly string[]
}

/** Scenarios wait more than they compute, so one more than cores; but each brings services of its own, which fight for them. */
const MOST_JOBS = 4

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
  return {
    stack,
    profile,
    twin,
    seed: seed ?? randomBytes(4).toString('hex'),
    repeat,
    jobs: jobs ?? Math.min(MOST_JOBS, availableParallelism() + 1),
    selection,
    disarm,
    commandLine: commandLine ?? commandLineOf(opened, options),
  }
}
