import { relative } from 'node:path'
import { nearest } from '../../core/nearest.ts'
import { UsageError } from '../../core/usage-error.ts'
import { findLoggingRun, hasRun } from '../find-run.ts'
import { type LogFile, lastLines, linesOf, logsIn } from '../log-files.ts'
import type { Output } from '../output.ts'

export interface TypedLogsOptions {
  /** Only so many lines from the end of each log. */
  readonly tail?: number
  readonly json?: true
}

interface Surroundings {
  readonly runs: string
  readonly cwd: string
  readonly output: Output
}

/**
 * Lists what has a log in a run, or prints one: of a component, a service or a pod. The run may be under way. One word
 * alone is a run where there is such a run, else a name in the newest one.
 * @param name a log's name or its beginning: a pod's first words print the logs of all its containers
 * @throws {UsageError} with the names that there are
 */
export async function logsCommand(
  words: readonly (string | undefined)[],
  { tail, json }: TypedLogsOptions,
  { runs, cwd, output }: Surroundings,
): Promise<number> {
  const [first = 'latest', second] = words
  const alone = second === undefined && !hasRun(first, runs, cwd)
  const directory = findLoggingRun(alone ? 'latest' : first, runs, cwd)
  const name = alone ? first : second
  const all = await logsIn(directory)
  const chosen = name === undefined ? all : named(name, all, relative(cwd, directory))
  if (json) {
    const logs = chosen.map(({ name, path, bytes }) => ({ name, path, bytes }))
    output.result(JSON.stringify({ type: 'logs', directory, logs }))
    return 0
  }
  if (name === undefined) list(all, relative(cwd, directory), output)
  else {
    for (const log of chosen) {
      if (chosen.length > 1) output.aside(`==> ${log.name}\n`)
      await print(log, tail, output)
    }
  }
  return 0
}

/** The one of exactly this name, else all that begin with it, else those of all scenarios: `orders#0`, as verdicts say. */
function named(name: string, all: readonly LogFile[], where: string): readonly LogFile[] {
  const wanted = name.replace(/\.log$/, '').replace('#', '-')
  const ways = [
    (log: LogFile) => log.name === wanted,
    (log: LogFile) => log.name.startsWith(wanted),
    (log: LogFile) => log.name.endsWith(`-${wanted}`),
  ]
  for (const way of ways) {
    const found = all.filter(way)
    if (found.length > 0) return found
  }
  const names = all.map((log) => log.name)
  const close = nearest(wanted, names)
  throw new UsageError(`no log of ${name}`, {
    what:
      names.length === 0
        ? 'the run has no logs: nothing was started'
        : `there are logs of ${names.join(', ')}`,
    where,
    ...(close === undefined ? {} : { hint: `did you mean ${close}?` }),
  })
}

function list(logs: readonly LogFile[], where: string, output: Output): void {
  const width = Math.max(0, ...logs.map(({ name }) => name.length))
  for (const { name, bytes } of logs) output.result(`${name.padEnd(width)}  ${(bytes / 1000).toFixed(1)} kB`)
  const what = logs.length === 0 ? 'no logs: nothing was started' : `${logs.length} logs`
  output.aside(`${what} in ${where}; \`eventproof logs [run] <name>\` prints one\n`)
}

async function print({ path }: LogFile, tail: number | undefined, output: Output): Promise<void> {
  if (tail === undefined) for await (const lines of linesOf(path)) output.result(lines)
  else {
    const lines = await lastLines(path, tail)
    if (lines.length > 0) output.result(lines.join('\n'))
  }
}
