import type { Gates } from '../../../proof/gates/gates.ts'
import type { PublisherPlan } from '../../../proof/history/plan.ts'
import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import type { DatabaseWitness } from '../../../proof/observers/database-observer.ts'
import type { LogWitness } from '../../../proof/observers/log-observer.ts'
import type { SlotWitness } from '../../../proof/observers/slot-observer.ts'
import type { WireWitness } from '../../../proof/observers/wire-observer.ts'
import type { Database, Link, RunningConnect, RunningService } from '../../../stacks/stack.ts'
import type { Connector } from './connector.ts'
import type { HurtWire } from '../../testbed/wire-faults.ts'
import type { Instruments } from '../../testbed/fault-log.ts'
import type { Load } from './load.ts'

/** Everything of one scenario that runs: what `open-laboratory.ts` puts together. */
export interface Apparatus {
  readonly plan: PublisherPlan
  readonly history: ScenarioHistory
  readonly database: Database
  /** Before every topic of this scenario. */
  readonly topicPrefix: string
  readonly gates: Gates
  readonly instruments: Instruments
  readonly load: Load
  readonly commits: DatabaseWitness
  readonly log: LogWitness
  readonly slot?: SlotWitness
  readonly links: ReadonlyMap<string, Link>
  /** Between the relay and the broker, where no link is. */
  readonly wire?: HurtWire
  readonly clients?: WireWitness
  readonly service: RunningService
  /** Empty for Debezium; the service itself where the relay runs inside it. */
  readonly relays: readonly RunningService[]
  readonly connector?: Connector
  readonly connect?: RunningConnect
  readonly signal: AbortSignal
  /** Aggregates of the load, and commands of it in each control phase. */
  readonly keys: readonly string[]
  readonly commands: number
}
