import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { nearest } from '../core/nearest.ts'
import { UsageError } from '../core/usage-error.ts'
import { RUN_FILES } from '../proof/run-files.ts'

/** A file that tells a run's directory from others, and when it was written. */
type Sign = typeof RUN_FILES.run | typeof RUN_FILES.history

/**
 * The directory of a run that was named by its path, by its id, or as `latest`.
 * @param runs the folder that holds the run directories
 * @throws {UsageError} with the runs that there are.
 */
export function findRun(name: string, runs: string, cwd: string): string {
  return find(name, runs, cwd, RUN_FILES.run)
}

/** The same, of runs that have ended and of those that are under way. */
export function findLoggingRun(name: string, runs: string, cwd: string): string {
  return find(name, runs, cwd, RUN_FILES.history)
}

/** Whether a run of this name is there, ended or under way. */
export function hasRun(name: string, runs: string, cwd: string): boolean {
  return name === 'latest' || places(name, runs, cwd).some((path) => isRun(path, RUN_FILES.history))
}

function find(name: string, runs: string, cwd: string, sign: Sign): string {
  const known = runsIn(runs, sign)
  if (name === 'latest') {
    const newest = known.at(-1)
    if (newest !== undefined) return join(runs, newest)
    throw new UsageError('there is no run yet', {
      what: `no run directory was found in ${runs}`,
      hint: '`eventproof prove` makes one',
    })
  }
  for (const path of places(name, runs, cwd)) if (isRun(path, sign)) return path
  const near = nearest(name, known)
  throw new UsageError(`no run ${name}`, {
    what: `neither a run id nor a folder with ${sign}`,
    where: runs,
    hint: near
      ? `did you mean ${near}?`
      : `there are ${known.length} runs; the newest is ${known.at(-1) ?? 'none'}`,
  })
}

function places(name: string, runs: string, cwd: string): readonly string[] {
  return [resolve(cwd, name), join(runs, name)]
}

/** Ids, oldest first. */
function runsIn(runs: string, sign: Sign): string[] {
  if (!existsSync(runs)) return []
  const found = readdirSync(runs).filter((id) => isRun(join(runs, id), sign))
  const age = new Map(found.map((id) => [id, statSync(join(runs, id, sign)).mtimeMs]))
  return found.sort((a, b) => (age.get(a) ?? 0) - (age.get(b) ?? 0))
}

function isRun(path: string, sign: Sign): boolean {
  return existsSync(join(path, sign))
}
