import { DeadlinePassed } from '../../../core/until.ts'
import type { FaultLog } from '../../../faults/fault-log.ts'
import type { EventOf, Phase } from '../../../proof/history/event.ts'
import { gateFault } from '../../../proof/history/gate-name.ts'
import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import { effectName } from '../../consuming/view/effect-name.ts'
import { Patience, unlessDisarmed } from '../../testbed/patience.ts'
import type { Testbed } from '../../testbed.ts'
import type { ScalingDeclaration, ScalingPlan } from '../plan.ts'
import { RunningPod } from './running-pod.ts'
import type { ScalingParts } from './scaling-parts.ts'

/** Milliseconds beside KEDA's and the autoscaler's own that are waited for what they do. */
const PATIENCE = 10_000
/** Milliseconds before the clock's moment: what is put then is there when the scaler looks. */
const JUST_BEFORE = 300

/** What windows and faults work with: one scaled workload, its load, its cluster and its observers. */
export class ScalingTestbed implements Testbed {
  readonly parts: ScalingParts
  readonly patience: Patience
  trial = 0
  trialBegan = 0
  #gated = ''

  constructor(parts: ScalingParts) {
    this.parts = parts
    // What KEDA does in its own time is waited for in full; what a switched-off load keeps from coming is not.
    this.patience = new Patience({ disarmed: false, reach: PATIENCE, signal: parts.signal })
  }

  /** What faults can hurt here. */
  readonly pod = new RunningPod(this)
  readonly targets = { pod: () => this.pod.target }

  get plan(): ScalingPlan {
    return this.parts.view.plan
  }
  get scaling(): ScalingDeclaration {
    return this.plan.scaling
  }
  get history(): ScenarioHistory {
    return this.parts.history
  }
  get faults(): FaultLog {
    return this.parts.faults
  }

  /** The key that this trial treats apart. */
  get markedKey(): string {
    return this.plan.marked[this.trial - 1] ?? ''
  }

  /** Milliseconds until a pod must be ready after more waits than may wait. */
  get waking(): number {
    const { startup } = this.plan.bounds
    return this.#patient(1000 * this.scaling.pollingInterval + startup)
  }

  /** Milliseconds until nothing may run any more after the work is done. */
  get returning(): number {
    const { pollingInterval, cooldownPeriod } = this.scaling
    return this.#patient(1000 * (2 * pollingInterval + cooldownPeriod) + this.plan.bounds.grace)
  }

  /** Milliseconds until so many replicas must be asked for as the lag asks for. */
  get #growing(): number {
    return this.#patient(this.plan.bounds.growth)
  }

  #patient(milliseconds: number): number {
    return unlessDisarmed(this.faults.disarmed('load'), milliseconds + PATIENCE)
  }

  /** How many replicas the Deployment asks for now. */
  get replicas(): number {
    return this.#count('spec.replicas')
  }
  get ready(): number {
    return this.#count('status.readyReplicas')
  }

  #count(field: string): number {
    return Number(this.parts.cluster.of('Deployment').get(this.scaling.deployment)?.[field] ?? 0)
  }

  /** Pods that run and are not told to end. */
  get pods(): readonly string[] {
    const all = [...this.parts.cluster.of('Pod')]
    return all.filter(([, { phase, ending }]) => phase === 'Running' && ending !== true).map(([name]) => name)
  }

  /** Puts `count` events on the load's keys. */
  async put(count: number): Promise<void> {
    if (!this.faults.disarmed('load')) await this.parts.inputs.run(count)
  }

  /** Waits until nothing runs. @throws {DeadlinePassed} */
  async atZero(deadline = this.returning): Promise<void> {
    await this.#until('nothing to run', deadline, () => this.#nothingRuns)
  }

  get #nothingRuns(): boolean {
    const pods = [...this.parts.cluster.of('Pod').values()]
    return this.replicas === 0 && pods.every(({ phase }) => phase === 'Succeeded' || phase === 'Failed')
  }

  /** Waits until a pod is ready. @throws {DeadlinePassed} */
  async awake(): Promise<void> {
    await this.#until('a ready pod', this.waking, () => this.ready > 0)
  }

  /**
   * Waits until a pod is ready, or none is needed any more: one that was told to end may still have done the work, or so
   * much of it that the rest wakes nobody. @throws {DeadlinePassed}
   */
  async #takenUp(): Promise<void> {
    const { activationLagThreshold } = this.scaling
    await this.#until('a ready pod', this.waking, () => {
      if (this.ready > 0) return true
      const open = this.parts.view.work.open().length
      return open === 0 || (this.#nothingRuns && open <= activationLagThreshold)
    })
  }

  /** Waits for so many replicas, and for a look at them and their backlog; that they don't come is for the judge to say. */
  async scaledTo(replicas: number): Promise<void> {
    const { lagThreshold } = this.scaling
    await this.#unlessLate(async () => {
      await this.#until(`${replicas} replicas`, this.#growing, () => this.replicas >= replicas)
      await this.sees(
        `${replicas} replicas and their backlog`,
        ({ metric, replicas: asked, lag }) =>
          metric !== null && asked >= replicas && lag > (replicas - 1) * lagThreshold,
      )
    })
  }

  /** Waits for a look at lag and replicas since the fault took effect. @throws {DeadlinePassed} */
  async sees(
    what: string,
    match: (look: EventOf<'scale.sample'>) => boolean,
    patience = PATIENCE,
  ): Promise<void> {
    const since = this.history.all('fault.took-effect').at(-1)?.seq ?? 0
    await this.history.waitFor('scale.sample', (look) => look.seq > since && match(look), {
      what: `a look that sees ${what}`,
      deadline: unlessDisarmed(this.plan.disarmed.length > 0, patience),
      signal: this.parts.signal,
    })
  }

  #until<T>(what: string, deadline: number, probe: () => T | undefined | false): Promise<T> {
    return this.patience.until(what, probe, { deadline, every: 20 })
  }

  /** Puts an event of the marked key whose first effect waits at COMMIT until the gate is opened. */
  async gate(): Promise<void> {
    const input = this.parts.inputs.prepare(this.markedKey)
    this.#gated = effectName(this.scaling.consumer, input)
    await this.parts.gate.close(this.#gated)
    if (!this.faults.disarmed('load')) await this.parts.inputs.put(input)
  }

  /** Puts one more event of the marked key, behind the others. */
  async putMarked(): Promise<void> {
    if (!this.faults.disarmed('load')) await this.parts.inputs.put(this.parts.inputs.prepare(this.markedKey))
  }

  /** Waits until a pod stands at the gate. @throws {DeadlinePassed} */
  async waitAtGate(): Promise<void> {
    const deadline = unlessDisarmed(this.faults.disarmed(gateFault('effect')), this.waking)
    await this.parts.gate.waiting(this.#gated, deadline)
  }

  /** @param rolledBack milliseconds in which what a killed pod had not committed is rolled back before */
  async openGate(rolledBack = 0): Promise<void> {
    await this.parts.gate.openBehind(this.#gated, rolledBack)
  }

  /** Keeps a state for so long. */
  hold(milliseconds: number): Promise<void> {
    return this.patience.hold(milliseconds)
  }

  async control(phase: Phase): Promise<void> {
    const { activationLagThreshold } = this.scaling
    await this.#unlessLate(async () => {
      if (phase === 'control-before') {
        await this.atZero()
        await this.hold(this.plan.bounds.rest)
        // Another scenario may just have the adapter away, which all of them ask. The load comes all the same.
        const atRest = ({ metric, replicas }: EventOf<'scale.sample'>) => metric !== null && replicas === 0
        await this.#unlessLate(() => this.sees('the metric at zero', atRest, this.#growing))
      }
      if (this.plan.windows.length > 0) await this.put(activationLagThreshold + 1)
      else await this.#fromZeroToMany()
      await this.#takenUp()
    })
  }

  /** What does not come in time is written down: what it means is for the judge to say. */
  async #unlessLate(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof DeadlinePassed)) throw error
      this.history.record({ kind: 'note', text: error.message })
    }
  }

  /** Exactly so many events as may wait, then one more, then as many as ask for several replicas. */
  async #fromZeroToMany(): Promise<void> {
    const { activationLagThreshold, pollingInterval, lagThreshold } = this.scaling
    if (activationLagThreshold > 0) {
      await this.put(activationLagThreshold)
      await this.#waits(activationLagThreshold, 2000 * pollingInterval)
    }
    const { wakesAt } = this.parts
    // One event too many for the rest, at the moment when the clock wakes it.
    if (wakesAt !== undefined) await this.hold(Math.max(0, wakesAt - Date.now() - JUST_BEFORE))
    await this.put(1)
    await this.awake()
    await this.#handled()
    if (wakesAt !== undefined) return
    const rest = this.plan.bounds.events - activationLagThreshold - 1
    using _turn = await this.parts.metricsLock.take(false)
    await this.holdWork()
    try {
      await this.put(rest)
      await this.scaledTo(Math.floor(rest / lagThreshold))
    } finally {
      await this.releaseWork()
    }
  }

  /** Each look for so many milliseconds sees so much lag. */
  async #waits(lag: number, milliseconds: number): Promise<void> {
    const seen = () => {
      const samples = this.history.all('scale.sample')
      const first = samples[samples.findLastIndex((sample) => sample.lag !== lag) + 1]
      return first !== undefined && (samples.at(-1)?.at ?? 0) - first.at >= milliseconds
    }
    await this.#until(`${lag} events to wait for two polls`, milliseconds + PATIENCE, seen)
  }

  /** Work takes time until it is released: a backlog lasts. No fault. */
  async holdWork(): Promise<void> {
    await this.parts.work.close()
    this.history.record({ kind: 'fact', name: 'work.held', subject: this.scaling.name, value: true })
  }

  async releaseWork(): Promise<void> {
    await this.parts.work.open()
    this.history.record({ kind: 'fact', name: 'work.held', subject: this.scaling.name, value: false })
  }

  /** Waits until every event has its effect and its offset is committed. @throws {DeadlinePassed} */
  async #handled(): Promise<void> {
    await this.#until(
      'every event to be handled',
      this.plan.bounds.recovery,
      () => this.parts.view.work.open().length === 0,
    )
  }

  flow(): AsyncDisposable {
    if (this.faults.disarmed('load')) return { [Symbol.asyncDispose]: async () => {} }
    return this.parts.inputs.flow()
  }

  async settled(): Promise<boolean> {
    await this.parts.commits.fence()
    // What may wait at zero waits there for the next one: one event too many brings it in.
    if (this.parts.view.work.open().length > 0 && this.replicas === 0)
      await this.put(this.scaling.activationLagThreshold + 1)
    try {
      await this.#handled()
    } catch (error) {
      if (!(error instanceof DeadlinePassed)) throw error
      // A workload may make its tables itself, with its first pod.
      const wrong = this.trial === 0 ? await this.parts.declaredWrong() : undefined
      if (wrong !== undefined) throw wrong
      return false
    }
    return true
  }

  /** At zero once more, and then long enough for another look: what is still there then stays. */
  async concluded(): Promise<void> {
    const { commits, offsets } = this.parts
    await this.#unlessLate(() => this.atZero())
    await commits.fence()
    await offsets.fence()
    const looks = this.history.all('scale.sample').length
    await this.#until('two more looks', PATIENCE, () => this.history.all('scale.sample').length >= looks + 2)
    await commits.fence()
  }
}
