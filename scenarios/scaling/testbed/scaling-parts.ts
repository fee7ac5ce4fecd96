import type { ReadWriteLock } from '../../../core/read-write-lock.ts'
import type { FaultLog } from '../../../faults/fault-log.ts'
import type { EffectGate } from '../../../proof/gates/effect-gate.ts'
import type { WorkStop } from '../../../proof/gates/work-stop.ts'
import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import type { ClusterObserver } from '../../../proof/observers/cluster-observer.ts'
import type { DatabaseObserver } from '../../../proof/observers/database-observer.ts'
import type { OffsetObserver } from '../../../proof/observers/offset-observer.ts'
import type { ClusterObject, Namespace } from '../../../stacks/stack.ts'
import type { Inputs } from '../../consuming/testbed/inputs.ts'
import type { DeclarationWrong } from '../../testbed/declaration-wrong.ts'
import type { ScalingView } from '../view/scaling-view.ts'
import type { ClusterFaults } from './cluster-faults.ts'

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    /** Whether effects wait, so that a backlog lasts. */
    'work.held': boolean
  }
}

/** Everything of one scaling scenario that runs. */
export interface ScalingParts {
  readonly view: ScalingView
  readonly history: ScenarioHistory
  readonly namespace: Namespace
  /** Lets no pod of it go, once it is applied. */
  readonly budget: ClusterObject
  readonly cluster: ClusterObserver
  readonly clusterFaults: ClusterFaults
  /** When the clock wakes it, where one does; milliseconds since 1970. */
  readonly wakesAt: number | undefined
  /** What the config names and the database does not have. */
  readonly declaredWrong: () => Promise<DeclarationWrong | undefined>
  readonly gate: EffectGate
  readonly work: WorkStop
  readonly faults: FaultLog
  readonly inputs: Inputs
  readonly commits: DatabaseObserver
  readonly offsets: OffsetObserver
  /** Who may rely on the cluster's metrics adapter, or hurt it. */
  readonly metricsLock: ReadWriteLock
  readonly signal: AbortSignal
}
