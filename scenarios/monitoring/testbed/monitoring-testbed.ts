import type { FaultLog } from '../../../faults/fault-log.ts'
import type { Phase } from '../../../proof/history/event.ts'
import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import type { OffsetObserver } from '../../../proof/observers/offset-observer.ts'
import { addPartitions } from '../../../proof/observers/topics.ts'
import type { RunningService } from '../../../stacks/stack.ts'
import type { Inputs } from '../../consuming/testbed/inputs.ts'
import { Patience } from '../../testbed/patience.ts'
import type { Testbed } from '../../testbed.ts'
import { lives } from '../guards/flow.ts'
import type { MonitoringPlan } from '../plan.ts'
import { firingAt } from '../view/alert-state.ts'
import type { MonitoringView } from '../view/monitoring-view.ts'
import type { LagWatch } from './lag-watch.ts'
import type { RenewedWriter } from './renewed-writer.ts'

/** Everything of one watched consumer that runs. */
export interface MonitoringParts {
  readonly view: MonitoringView
  readonly history: ScenarioHistory
  readonly bootstrapServers: string
  readonly faults: FaultLog
  readonly inputs: Inputs
  /** By which they are put. */
  readonly writer: RenewedWriter
  readonly offsets: OffsetObserver
  readonly watch: LagWatch
  readonly consumers: readonly RunningService[]
  readonly signal: AbortSignal
}

/** Milliseconds until the group shows what it should, where the plan has no bound for it. */
const REACH = 20_000
/** Milliseconds beside a bound that are waited for what the predicates judge by it. */
const BESIDE = 2_000

/** What windows work with: the instances of one consumer, its load, and who watches it. */
export class MonitoringTestbed implements Testbed {
  readonly parts: MonitoringParts
  readonly patience: Patience
  readonly targets = {}
  trial = 0
  trialBegan = 0

  constructor(parts: MonitoringParts) {
    this.parts = parts
    const { view, signal } = parts
    this.patience = new Patience({ disarmed: view.plan.disarmed.length > 0, reach: REACH, signal })
  }

  get plan(): MonitoringPlan {
    return this.parts.view.plan
  }
  get history(): ScenarioHistory {
    return this.parts.history
  }
  get faults(): FaultLog {
    return this.parts.faults
  }

  get firing(): boolean {
    const { turns, lastAt } = this.parts.view
    return firingAt(turns, lastAt)
  }

  /** Ends every instance of the consumer at once. */
  async killAll(): Promise<void> {
    await Promise.all(this.parts.consumers.map((consumer) => this.faults.kill(consumer)))
  }

  async startAll(): Promise<void> {
    await Promise.all(this.parts.consumers.map((consumer) => this.faults.restart(consumer)))
  }

  async put(count: number, partition?: number): Promise<void> {
    const { inputs } = this.parts
    if (partition === undefined) return inputs.run(count)
    for (let n = 0; n < count; n++) await inputs.put(inputs.prepare('new-partition'), partition)
  }

  /** Gives the topic one more partition. @returns its number */
  async addPartition(): Promise<number> {
    const { topic: subject } = this.plan.monitoring
    const value = await addPartitions(this.parts.bootstrapServers, subject, 1)
    this.history.record({ kind: 'fact', name: 'topic.partitions', subject, value })
    await this.parts.writer.renew()
    return value - 1
  }

  /** Waits until the alert is there, or its time is over: what that means is for the judge to say. */
  async alerted(): Promise<void> {
    await this.#within('the alert to come', this.plan.bounds.fires, () => this.firing)
  }

  /** Keeps a state for as long as a monitor that is silent would need to be found so. */
  hold(): Promise<void> {
    return this.patience.hold(this.plan.bounds.silence + BESIDE)
  }

  /** Before the fault, time passes in which an alert without a cause would come. */
  async control(phase: Phase): Promise<void> {
    const { events, quiet } = this.plan.bounds
    await this.put(events)
    if (phase === 'control-before') await this.patience.hold(quiet)
  }

  flow(): AsyncDisposable {
    return this.parts.inputs.flow()
  }

  /** Waits until the group has committed past every event, and the alert has ended where one is put to the test. */
  async settled(): Promise<boolean> {
    const done = await this.patience.within(
      'the group to commit past every event',
      () => lives(this.parts.view).every(({ done }) => done !== undefined),
      { deadline: this.plan.bounds.recovery + BESIDE, every: 50 },
    )
    if (done) await this.#within('the alert to end', this.plan.bounds.clears, () => !this.firing)
    return done
  }

  async concluded(): Promise<void> {
    await this.parts.watch.conclude()
    await this.parts.offsets.fence()
  }

  /** The predicates count from a look that may come later, and let times be off by as much as looks are apart. */
  async #within(what: string, bound: number, look: () => boolean): Promise<void> {
    const deadline = bound + 2 * this.parts.view.blindness + BESIDE
    await this.patience.within(what, look, { deadline, every: 50 })
  }
}
