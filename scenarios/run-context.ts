import { glob, readFile } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'
import { EventproofError } from '../core/error.ts'
import type { ReportProgress } from '../core/progress.ts'
import type { ReadWriteLock } from '../core/read-write-lock.ts'
import type { ScenarioHistory } from '../proof/history/scenario-history.ts'
import type { Kinds } from '../proof/kind.ts'
import { query } from '../proof/observers/query.ts'
import type { Database, OwnBroker, Stack } from '../stacks/stack.ts'
import type { CommonConfig, ServiceConfig } from '../subjects/contract/index.ts'

/** Whether a scaler's own seconds count, or shorter ones in their place. */
export type Pace = 'quick' | 'declared'

/** What the scenarios of one run share. */
export interface RunContext {
  readonly stack: Stack
  /** By which histories are judged. */
  readonly kinds: Kinds
  readonly config: CommonConfig
  /** Where relative paths of the config start. */
  readonly folder: string
  readonly history: (scenario: string) => ScenarioHistory
  /** Called with a scenario that has been judged: its events are asked for no more. */
  readonly judged?: (scenario: string) => void
  readonly report: ReportProgress
  /** Brokers for scenarios whose names of topics and groups can't be prefixed. */
  readonly brokers: { take(): Promise<OwnBroker> }
  /** Held by scenarios that use Connect; alone by one that hurts it. */
  readonly connectLock: ReadWriteLock
  /** The same for the cluster's metrics adapter, which every autoscaler asks. */
  readonly metricsLock: ReadWriteLock
  readonly seed: string
  readonly trials: number
  /** Commands of the load in each of the control phases. */
  readonly commands: number
  /** Of scaled workloads. Default 'quick'. */
  readonly pace?: Pace
  /** Annotations that somebody puts on each ScaledObject by hand, once KEDA scales by it. */
  readonly annotated?: Readonly<Record<string, string>>
  readonly disarmed: readonly string[]
  /** How many tasks want each core of this machine: bounds in seconds hold where they get one. */
  readonly tasksPerCore: () => number
  readonly signal: AbortSignal
}

export class MigrationFailed extends EventproofError {
  override readonly code = 'EVENTPROOF_MIGRATION_FAILED'
}

/** Runs the SQL files of all services on the scenario's database, each file once, in the order of the config. */
export async function migrate(
  services: readonly ServiceConfig[],
  folder: string,
  database: Database,
): Promise<void> {
  const done = new Set<string>()
  for (const pattern of services.flatMap(({ migrations = [] }) => migrations)) {
    const files: string[] = []
    for await (const file of glob(pattern, { cwd: folder }))
      files.push(isAbsolute(file) ? file : resolve(folder, file))
    if (files.length === 0) {
      throw new MigrationFailed('a migration is missing', {
        what: `no file matches '${pattern}'`,
        where: folder,
      })
    }
    for (const file of files.sort()) {
      if (done.has(file)) continue
      done.add(file)
      await query(database.url('host'), await readFile(file, 'utf8')).catch((cause) => {
        throw new MigrationFailed('a migration failed', { what: cause.message, where: file, cause })
      })
    }
  }
}
