import type { FaultLog } from '../../../faults/fault-log.ts'
import type { Gates } from '../../../proof/gates/gates.ts'
import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import type { DatabaseObserver } from '../../../proof/observers/database-observer.ts'
import type { LogObserver } from '../../../proof/observers/log-observer.ts'
import type { SlotObserver } from '../../../proof/observers/slot-observer.ts'
import type { WireObserver } from '../../../proof/observers/wire-observer.ts'
import type { Database, Link, RunningConnect, RunningService } from '../../../stacks/stack.ts'
import type { Door } from '../../testbed/door.ts'
import type { OwnSubjects } from '../../testbed/own-subjects.ts'
import type { RegistryDoor } from '../../testbed/registry-door.ts'
import type { SchemaIds } from '../../testbed/schema-ids.ts'
import type { WireFaults } from '../../testbed/wire-faults.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import type { Connector } from './connector.ts'
import type { Load } from './load.ts'

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    /** Commands of the load before the fault of this trial. */
    'load.before-fault': number
    /** Records that compaction took from a topic. */
    'records.removed': number
  }
}

/** Everything of one scenario that runs: what `open-testbed.ts` puts together. */
export interface PublisherParts {
  readonly view: PublisherView
  readonly history: ScenarioHistory
  readonly database: Database
  /** Before every topic of this scenario. */
  readonly topicPrefix: string
  readonly gates: Gates
  readonly faults: FaultLog
  readonly load: Load
  readonly commits: DatabaseObserver
  readonly log: LogObserver
  readonly slot?: SlotObserver
  /** Where it is declared to write through a registry. */
  readonly schemaIds?: SchemaIds
  readonly subjects?: OwnSubjects
  readonly registry?: RegistryDoor
  readonly links: ReadonlyMap<string, Link>
  /** Between the relay and the broker, where no link is. */
  readonly wire?: WireFaults
  /** What clients ask for, one a way to the broker. */
  readonly clients: readonly WireObserver[]
  /** Topics of this scenario, or called as the declared one without its prefix, that hold records. */
  writtenTopics(): Promise<readonly string[]>
  readonly service: RunningService
  /** Empty for Debezium; the service itself where the relay runs inside it. */
  readonly relays: readonly RunningService[]
  /** The way of each relay to the database, where there are several: it tells whose a session is. */
  readonly doors: readonly Door[]
  readonly connector?: Connector
  readonly connect?: RunningConnect
  readonly signal: AbortSignal
  /** Aggregates of the load, and commands of it in each control phase. */
  readonly keys: readonly string[]
  readonly commands: number
}
