import type { ReadWriteLock } from '../../../core/read-write-lock.ts'
import { until } from '../../../core/until.ts'
import type { FaultLog } from '../../../faults/fault-log.ts'
import type { ScenarioHistory } from '../../../proof/history/scenario-history.ts'
import type { ClusterObserver } from '../../../proof/observers/cluster-observer.ts'
import type { GroupProgress } from '../../../proof/observers/group-progress.ts'
import type { Link, Running } from '../../../stacks/stack.ts'

export interface ClusterFaultsOptions {
  readonly history: ScenarioHistory
  readonly faults: FaultLog
  readonly cluster: ClusterObserver
  readonly scaledObject: string
  readonly group: string
  readonly topic: string
  /** Between KEDA and the broker, where the window needs it. */
  readonly link: Link | undefined
  readonly metricsAdapter: Running
  readonly metricsLock: ReadWriteLock
  readonly progress: GroupProgress
  readonly signal: AbortSignal
}

/** Milliseconds in which KEDA must notice that it is cut off, or that it no longer is: it looks at each poll. */
const NOTICED = 60_000
/** Milliseconds for the broker to let the last member of a group go. */
const LEFT = 15_000

/** What is done to the scaler itself, and to what it reads. */
export class ClusterFaults {
  readonly #options: ClusterFaultsOptions
  #turn: Disposable | undefined

  constructor(options: ClusterFaultsOptions) {
    this.#options = options
  }

  /** KEDA can not reach the broker; the evidence is its own word. */
  async cutScaler(): Promise<void> {
    const { history, faults, signal } = this.#options
    const link = this.#link
    const before = history.events.length
    const fault = { name: 'link', unreachable: link.to }
    await faults.inject(fault, link.name, 'KEDA is cut off from the broker', async () => {
      await link.cut()
      const failed = ({ seq, reason }: { readonly seq: number; readonly reason: string }) =>
        seq > (history.events[before]?.seq ?? 0) && reason === 'KEDAScalerFailed'
      const what = 'KEDA to say that its scaler failed'
      const said = await history.waitFor('k8s.event', failed, { what, deadline: NOTICED, signal })
      return `KEDA said: ${said.message}`
    })
  }

  /** Undone when KEDA says that it scales again. */
  async healScaler(): Promise<void> {
    const { faults, cluster, scaledObject, signal } = this.#options
    await faults.heal('link', this.#link.name, async () => {
      await this.#link.heal()
      const ready = () => cluster.of('ScaledObject').get(scaledObject)?.['condition.Ready'] === 'True'
      await until(ready, {
        what: `ScaledObject ${scaledObject} to be ready`,
        deadline: NOTICED,
        every: 20,
        signal,
      })
      return true
    })
  }

  /** Every autoscaler of the cluster asks the one adapter: who relies on it goes first. */
  async killAdapter(): Promise<void> {
    const { faults, metricsAdapter, metricsLock } = this.#options
    this.#turn = await metricsLock.take(true)
    await faults.inject('metrics-adapter', 'keda-adapter', 'SIGKILL', async () => {
      const { id } = metricsAdapter
      await metricsAdapter.kill()
      return `${id} was ended with SIGKILL`
    })
  }

  async restartAdapter(): Promise<void> {
    const { faults, metricsAdapter } = this.#options
    await faults.heal('metrics-adapter', 'keda-adapter', async () => {
      await metricsAdapter.restart()
      return true
    })
    this.#turn?.[Symbol.dispose]()
  }

  /**
   * Records and offsets are gone, as after a long silence, and the broker is asked whether they are. No fault that
   * would excuse anything: this is how it is.
   */
  async expire(): Promise<void> {
    const { history, faults, progress, group, topic, signal } = this.#options
    if (faults.disarmed('expiry')) return
    const gone = async () => {
      await progress.expire()
      return true
    }
    await until(gone, { what: `group ${group} to be deleted`, deadline: LEFT, every: 200, signal })
    const { offsets, records } = await progress.left()
    history.record({ kind: 'fact', name: 'offsets.left', subject: group, value: offsets })
    history.record({ kind: 'fact', name: 'records.left', subject: topic, value: records })
  }

  get #link(): Link {
    const { link } = this.#options
    if (!link) throw new Error('the window needs a link between KEDA and the broker')
    return link
  }
}
