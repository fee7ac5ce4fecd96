import type { FaultLog } from '../../../faults/fault-log.ts'
import type { PartLook } from '../../../proof/history/backlog-kinds.ts'
import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import type { Database, RunningService } from '../../../stacks/stack.ts'
import type { RunContext } from '../../run-context.ts'
import type { MonitoringPlan } from '../plan.ts'

/** What a scenario is built on: everything that runs on it ends with `parts`. */
export interface Ground {
  readonly context: RunContext
  readonly plan: MonitoringPlan
  readonly history: ScenarioHistory
  readonly record: ScenarioHistory['record']
  readonly parts: AsyncDisposableStack
  readonly faults: FaultLog
  /** Before topics and groups. */
  readonly prefix: string
  readonly database: Database
  readonly bootstrapServers: string
  readonly keys: readonly string[]
  /** So many instances of a consumer run. */
  readonly instances: number
  /** An instance of a service, started when it is first asked for. */
  start(name: string, instance?: number, env?: Readonly<Record<string, string>>): Promise<RunningService>
}

/** Something that waits, in a scenario: what is so, how it grows, and how it is worked off. */
export interface BacklogSource {
  /** The field of the config. */
  readonly of: string
  look(): Promise<readonly PartLook[]>
  /** Keeps everybody from working it off, and lets more come than may wait. */
  raise(above: number): Promise<void>
  /** Lets it be worked off again. */
  lower(): Promise<void>
  /** Lets something come that is worked off at once, where we can. */
  put?(count: number): Promise<void>
  flow?(): AsyncDisposable
  /** Waits for the end of the evidence. */
  concluded?(): Promise<void>
}

/** How a backlog is brought up that is declared so. */
export interface Supply {
  /** Services whose migrations are run. */
  readonly services: readonly string[]
  /** Name → how many partitions, with the prefix. */
  readonly topics: Readonly<Record<string, number>>
  open(ground: Ground): Promise<BacklogSource>
}
