import { execFile } from 'node:child_process'
import { availableParallelism, release, totalmem, type } from 'node:os'
import { promisify } from 'node:util'
import packageJson from '../package.json' with { type: 'json' }
import type { RunRecord } from '../proof/judgement.ts'
import type { Asked } from './asked.ts'
import { declaredBesides } from './attested.ts'
import type { Subject } from './subject.ts'

/** `20261122-1432-7f3a`: sorts by time, and the seed keeps two of one minute apart. */
export function runId(started: Date, seed: string): string {
  const suffix =
    seed
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, '')
      .slice(0, 8) || 'run'
  const digits = started.toISOString().replaceAll(/[-:T]/g, '')
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${suffix}`
}

export interface RunFacts {
  readonly id: string
  readonly startedAt: Date
  readonly versions: Readonly<Record<string, string>>
  readonly capabilities: readonly string[]
  readonly interrupted: boolean
  readonly schedule: NonNullable<RunRecord['schedule']>
  readonly notProven: RunRecord['notProven']
  readonly leftOut: NonNullable<RunRecord['leftOut']>
}

/** Everything about a run that its histories do not say; the end is now. */
export async function recordOf(options: Asked, subject: Subject, facts: RunFacts): Promise<RunRecord> {
  const { id, startedAt, versions, capabilities, interrupted, schedule, notProven, leftOut } = facts
  const git = await gitState(subject.folder)
  return {
    schema: 1,
    id,
    startedAt: startedAt.toISOString(),
    endedAt: new Date().toISOString(),
    tool: { name: 'eventproof', version: packageJson.version },
    versions: { node: process.versions.node, ...versions },
    host: { os: `${type()} ${release()}`, cpus: availableParallelism(), memoryBytes: totalmem() },
    stack: options.stack,
    capabilities,
    seed: options.seed,
    profile: options.profile,
    repeat: options.repeat,
    jobs: options.jobs,
    selection: options.selection,
    disarmed: options.disarm,
    ...(options.twin === undefined ? {} : { twin: options.twin }),
    config: { path: subject.path.slice(subject.folder.length + 1), sha256: subject.sha256 },
    ...(git === undefined ? {} : { git }),
    interrupted,
    schedule,
    ...(await declaredBesides(subject)),
    ...(subject.config.antiPatterns === undefined ? {} : { antiPatterns: subject.config.antiPatterns }),
    replay: replayOf(options),
    notProven,
    leftOut,
  }
}

/** The same command with the seed of this run. */
function replayOf({ commandLine, seed }: Asked): string {
  const words =
    commandLine.includes('--seed') || commandLine.some((word) => word.startsWith('--seed='))
      ? commandLine
      : [...commandLine, '--seed', seed]
  return ['npx', 'eventproof', ...words].join(' ')
}

/** The commit of the config's folder, where that is a checkout. */
async function gitState(folder: string): Promise<RunRecord['git']> {
  const git = async (...args: string[]) =>
    (await promisify(execFile)('git', args, { cwd: folder, timeout: 5_000 })).stdout.trim()
  try {
    return { commit: await git('rev-parse', 'HEAD'), dirty: (await git('status', '--porcelain')) !== '' }
  } catch {
    return undefined
  }
}
