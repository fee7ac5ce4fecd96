import type { Run } from '../../local/run.ts'
import type { Engine } from './engine.ts'
import type { HostSide } from './host-side.ts'
import type { SweptRuns } from './swept-runs.ts'

/** What every container of one stack is started with. */
export interface ContainerRun extends Run {
  readonly engine: Engine
  /** What goes when this process is gone. */
  readonly swept: SweptRuns
  /** On everything that is created. */
  readonly labels: Readonly<Record<string, string>>
  /** Name of the network that all of them share; there they find each other by their names. */
  readonly network: string
  /** How containers reach our own process. */
  readonly hostSide: HostSide
}
