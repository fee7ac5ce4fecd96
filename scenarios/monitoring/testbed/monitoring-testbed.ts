import type { FaultLog } from '../../../faults/fault-log.ts'
import type { Phase } from '../../../proof/history/event.ts'
import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import { Patience } from '../../testbed/patience.ts'
import type { Testbed } from '../../testbed.ts'
import { flow } from '../guards/flow.ts'
import type { MonitoringPlan } from '../plan.ts'
import type { Backlog } from '../view/backlog.ts'
import type { MonitoringView } from '../view/monitoring-view.ts'
import type { BacklogSource } from './backlog-source.ts'
import type { BacklogWatch } from './backlog-watch.ts'
import { ConsumedLag } from './consumed-lag.ts'

/** Everything of one monitor and what it watches that runs. */
export interface MonitoringParts {
  readonly view: MonitoringView
  readonly history: ScenarioHistory
  readonly faults: FaultLog
  readonly sources: readonly BacklogSource[]
  readonly watch: BacklogWatch
  readonly signal: AbortSignal
}

/** Milliseconds until what is watched shows what it should, where the plan has no bound for it. */
const REACH = 20_000
/** Milliseconds beside a bound that are waited for what the predicates judge by it. */
const BESIDE = 2_000

/** What windows work with: what waits, who works it off, and who watches it. */
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

  /** The consumer whose lag is watched. @throws where none is */
  get consumed(): ConsumedLag {
    const found = this.parts.sources.find((source) => source instanceof ConsumedLag)
    if (found === undefined) throw new Error(`${this.plan.monitoring.name} watches no consumer's lag`)
    return found
  }

  /** Lets more wait of everything whose alert is put to the test than may. */
  async raise(): Promise<void> {
    await Promise.all(
      this.#drilled.map(async ([source, backlog, above]) => {
        await source.raise(above)
        const { alert } = backlog.declared
        const behind = () => backlog.tooMuch.length > 0
        await this.patience.until(`more than ${alert?.above} ${backlog.declared.says}`, behind, {
          deadline: this.patience.reach + (backlog.declared.unit === 'seconds' ? 1000 * above : 0),
          every: 50,
        })
      }),
    )
  }

  /** Lets everything be worked off again. */
  async lower(): Promise<void> {
    await Promise.all(this.#drilled.map(([source]) => source.lower()))
  }

  get #drilled(): readonly (readonly [BacklogSource, Backlog, above: number])[] {
    return this.parts.sources.flatMap((source) => {
      const backlog = this.parts.view.backlog(source.of)
      const { alert } = backlog?.declared ?? {}
      return backlog === undefined || alert === undefined ? [] : [[source, backlog, alert.above] as const]
    })
  }

  /** Waits until every alert is there, or its time is over: what that means is for the judge to say. */
  async alerted(): Promise<void> {
    await this.#turned('to come', true, 'fires')
  }

  /** Keeps a state for as long as a monitor that is silent would need to be found so. */
  hold(): Promise<void> {
    return this.patience.hold(this.plan.bounds.silence + BESIDE)
  }

  /** Waits until the monitor has been asked about what is so now. */
  async looked(): Promise<void> {
    const { tolds } = this.parts.view
    const enough = tolds.length + 3
    await this.patience.until('further answers of the monitor', () => tolds.length >= enough, { every: 50 })
  }

  /** Before the fault, time passes in which an alert without a cause would come. */
  async control(phase: Phase): Promise<void> {
    const { events, quiet } = this.plan.bounds
    await Promise.all(this.parts.sources.map((source) => source.put?.(events)))
    if (phase === 'control-before') await this.patience.hold(quiet)
    await this.looked()
  }

  flow(): AsyncDisposable {
    const flows = new AsyncDisposableStack()
    for (const source of this.parts.sources) if (source.flow) flows.use(source.flow())
    return flows
  }

  /** Waits until all that came is worked off, and every alert has ended that is put to the test. */
  async settled(): Promise<boolean> {
    const done = await this.patience.within(
      'what came to be worked off',
      () => flow.open(this.parts.view) === 0,
      { deadline: this.plan.bounds.recovery + BESIDE, every: 50 },
    )
    if (done) await this.#turned('to end', false, 'clears')
    return done
  }

  async concluded(): Promise<void> {
    await this.parts.watch.conclude()
    for (const source of this.parts.sources) await source.concluded?.()
  }

  /** The predicates count from a look that may come later, and let times be off by as much as looks are apart. */
  async #turned(word: string, firing: boolean, bound: 'fires' | 'clears'): Promise<void> {
    const { view } = this.parts
    await Promise.all(
      view.alerting.map((backlog) => {
        const { alert } = backlog.declared
        const deadline = (alert?.[bound] ?? 0) + 2 * view.blindness + BESIDE
        const look = () => backlog.firingAt(view.lastAt) === firing
        return this.patience.within(`${alert?.name} ${word}`, look, { deadline, every: 50 })
      }),
    )
  }
}
