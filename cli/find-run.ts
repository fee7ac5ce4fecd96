import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { nearest } from '../core/nearest.ts'
import { RUN_FILES } from '../proof/run-files.ts'
import { UsageError } from './usage-error.ts'

/**
 * The directory of a run that was named by its path, by its id, or as `latest`.
 * @param runs the folder that holds the run directories
 * @throws {UsageError} with the runs that there are.
 */
export function findRun(name: string, runs: string, cwd: string): string {
  const known = runsIn(runs)
  if (name === 'latest') {
    const newest = known.at(-1)
    if (newest !== undefined) return join(runs, newest)
    throw new UsageError('there is no run yet', {
      what: `no run directory was found in ${runs}`,
      hint: '`eventproof prove` makes one',
    })
  }
  for (const path of [resolve(cwd, name), join(runs, name)]) if (isRun(path)) return path
  const near = nearest(name, known)
  throw new UsageError(`no run ${name}`, {
    what: `neither a run id nor a folder with ${RUN_FILES.run}`,
    where: runs,
    hint: near
      ? `did you mean ${near}?`
      : `there are ${known.length} runs; the newest is ${known.at(-1) ?? 'none'}`,
  })
}

/** Ids, oldest first. */
function runsIn(runs: string): string[] {
  if (!existsSync(runs)) return []
  const found = readdirSync(runs).filter((id) => isRun(join(runs, id)))
  const age = new Map(found.map((id) => [id, statSync(join(runs, id, RUN_FILES.run)).mtimeMs]))
  return found.sort((a, b) => (age.get(a) ?? 0) - (age.get(b) ?? 0))
}

function isRun(path: string): boolean {
  return existsSync(join(path, RUN_FILES.run))
}
