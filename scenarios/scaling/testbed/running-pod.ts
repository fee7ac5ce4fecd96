import { until } from '../../../core/until.ts'
import type { Targets } from '../../../faults/fault.ts'
import type { DrainedNode, PodNodes } from '../../../stacks/stack.ts'
import { BY_BUDGET } from './budget.ts'
import type { ScalingParts } from './scaling-parts.ts'

interface Workload {
  readonly parts: ScalingParts
  /** Pods that run and are not told to end. */
  readonly pods: readonly string[]
  awake(): Promise<void>
}

/** Milliseconds for the API server to tell that a pod is to end. */
const TOLD = 10_000

/** The pod that faults hurt: the first that runs. */
export class RunningPod {
  readonly #workload: Workload
  /** The node that was emptied. */
  #drained: DrainedNode | undefined

  constructor(workload: Workload) {
    this.#workload = workload
  }

  get target(): Targets['pod'] {
    const [name = ''] = this.#workload.pods
    const { namespace } = this.#workload.parts
    return {
      name,
      kill: () => namespace.killPod(name),
      end: async () => {
        await namespace.delete({ apiVersion: 'v1', kind: 'Pod', metadata: { name } })
        await this.#toldToEnd(name)
      },
      evict: async () => {
        const refused = await this.#nodes.evict(name)
        if (refused === undefined) await this.#toldToEnd(name)
        return refused
      },
      exhaust: () => this.#nodes.exhaust(name),
      drain: () => this.#drain(name),
      refill: async () => {
        await this.#drained?.[Symbol.asyncDispose]()
        this.#drained = undefined
      },
      awake: () => this.#workload.awake(),
    }
  }

  /** From now on a budget lets no pod go: it is asked for one, and refuses it. @throws {DeadlinePassed} */
  async keepByBudget(): Promise<void> {
    const { name } = this.target
    const { namespace, budget, history, signal } = this.#workload.parts
    await namespace.apply(budget)
    const value = await until(() => this.#refusal(name), {
      what: `the budget to refuse the eviction of pod ${name}`,
      deadline: TOLD,
      every: 100,
      signal,
    })
    history.record({ kind: 'fact', name: 'eviction.refused', subject: name, value })
  }

  /** Undefined where the budget has not been looked at yet: then nothing is evicted either. */
  async #refusal(pod: string): Promise<string | undefined> {
    const refused = await this.#nodes.evict(pod)
    return refused !== undefined && BY_BUDGET.test(refused) ? refused : undefined
  }

  get #nodes(): PodNodes {
    const { nodes } = this.#workload.parts.namespace
    if (nodes === undefined) throw new Error('pods of this stack have no nodes of their own')
    return nodes
  }

  /** Undefined where another cause had told the pod to end before. */
  async #drain(name: string): Promise<string | undefined> {
    this.#drained = await this.#nodes.drain(name)
    const { name: node, evicted } = this.#drained
    if (!evicted.includes(name)) return undefined
    await this.#toldToEnd(name)
    return `node ${node} takes no pods, and ${evicted.join(', ')} was evicted from it: SIGTERM`
  }

  async #toldToEnd(name: string): Promise<void> {
    const { cluster, signal } = this.#workload.parts
    const ending = () => {
      const pod = cluster.of('Pod').get(name)
      return pod === undefined || pod.ending === true
    }
    await until(ending, { what: `pod ${name} to end`, deadline: TOLD, every: 20, signal })
  }
}
