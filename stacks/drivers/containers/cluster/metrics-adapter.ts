import { until } from '../../../../core/until.ts'
import { expectKeda } from '../../../clients/keda-probe.ts'
import type { KubernetesApi } from '../../../clients/kubernetes-api.ts'
import { idOf } from '../../../clients/pod-containers.ts'
import type { WatchedPods } from '../../../clients/watched-pods.ts'
import type { Running } from '../../../stack.ts'
import type { KindNode } from './kind-node.ts'
import type { KindNodes } from './kind-nodes.ts'

const NAME = 'keda-metrics-apiserver'
const NAMESPACE = 'keda'
/** Milliseconds for the pod to be gone, or to be there and to answer. */
const DEADLINE = 120_000

/** KEDA's metrics adapter, a pod that its Deployment would start again at once: killed, it is scaled to none, too. */
export class MetricsAdapter implements Running {
  readonly name = 'keda-adapter'
  readonly #api: KubernetesApi
  readonly #nodes: KindNodes
  readonly #pods: WatchedPods

  /** @param pods of KEDA's namespace */
  constructor(api: KubernetesApi, nodes: KindNodes, pods: WatchedPods) {
    this.#api = api
    this.#nodes = nodes
    this.#pods = pods
  }

  /** In a cluster whose last run may have been killed while it was away. */
  static wanted(api: KubernetesApi): Promise<void> {
    return scale(api, 1)
  }

  get id(): string {
    return idOf(this.#containers[0] ?? '')
  }

  get running(): boolean {
    return this.#containers.length > 0
  }

  async kill(): Promise<void> {
    await this.#each((node, container) => node.kill(container))
    await this.#scale(0)
    await this.#gone()
  }

  async pause(): Promise<void> {
    await this.#task('pause')
  }

  async resume(): Promise<void> {
    await this.#task('resume')
  }

  async stop(): Promise<void> {
    await this.#scale(0)
    await this.#gone()
  }

  async restart(): Promise<void> {
    if (this.running) await this.stop()
    await this.#scale(1)
    await expectKeda(this.#api, DEADLINE)
  }

  async *logs(): AsyncIterable<string> {
    for (const pod of this.#own) {
      const said = await this.#api.get<string>(`/api/v1/namespaces/${NAMESPACE}/pods/${pod}/log`)
      yield* said.split('\n').filter((line) => line !== '')
    }
  }

  get #own(): readonly string[] {
    return this.#pods.names.filter((pod) => pod.startsWith(`${NAME}-`))
  }

  get #containers(): readonly string[] {
    return this.#own.flatMap((pod) => this.#pods.running(pod))
  }

  async #task(deed: 'pause' | 'resume'): Promise<void> {
    await this.#each((node, container) => node.shell(['ctr', '-n', 'k8s.io', 'tasks', deed, container]))
  }

  async #each(act: (node: KindNode, container: string) => Promise<unknown>): Promise<void> {
    const acts = this.#own.flatMap((pod) => {
      const node = this.#nodes.named(this.#pods.node(pod))
      return this.#pods.running(pod).map((container) => act(node, container))
    })
    await Promise.all(acts)
  }

  #scale(replicas: number): Promise<void> {
    return scale(this.#api, replicas)
  }

  async #gone(): Promise<void> {
    const gone = () => this.#own.length === 0
    await until(gone, { what: 'the end of keda-adapter', deadline: DEADLINE, every: 50 })
  }
}

async function scale(api: KubernetesApi, replicas: number): Promise<void> {
  const metadata = { name: NAME, namespace: NAMESPACE }
  await api.apply({ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { replicas } })
}
