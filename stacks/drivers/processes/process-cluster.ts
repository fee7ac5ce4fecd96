import { readFile } from 'node:fs/promises'
import type { ClusterOptions } from '../../driver.ts'
import type { Run } from '../../local/run.ts'
import type { Namespace, PodEvent, Running, RunningKubernetes } from '../../stack.ts'
import type { KubernetesPrograms } from './artifacts/kubernetes-programs.ts'
import { ClusterNamespace } from './cluster-namespace.ts'
import { KubernetesControlPlane, type RunningControlPlane } from './components/kubernetes-control-plane.ts'
import { NodeAgent, type RunningNode } from './node-agent/node-agent.ts'
import type { PodEvent as NodeEvent } from './node-agent/pod-event.ts'

type OnPod = (event: PodEvent) => void

/** Control plane, KEDA and one node, all of them processes of this machine. */
export class ProcessCluster implements RunningKubernetes, AsyncDisposable {
  readonly kubeconfig: string
  readonly #plane: RunningControlPlane
  readonly #node: RunningNode
  readonly #parts: AsyncDisposableStack
  readonly #listeners: Map<string, OnPod>

  private constructor(
    kubeconfig: string,
    plane: RunningControlPlane,
    node: RunningNode,
    parts: AsyncDisposableStack,
    listeners: Map<string, OnPod>,
  ) {
    this.kubeconfig = kubeconfig
    this.#plane = plane
    this.#node = node
    this.#parts = parts
    this.#listeners = listeners
  }

  /** @throws {ComponentNotReady} */
  static async start(
    programs: KubernetesPrograms,
    options: ClusterOptions,
    run: Run,
  ): Promise<ProcessCluster> {
    // Reading the client's modules takes as long as the API server needs to answer.
    const client = import('@kubernetes/client-node')
    client.catch(() => {})
    await using parts = new AsyncDisposableStack()
    const plane = parts.use(await new KubernetesControlPlane({ programs, ...options }).start(run))
    const listeners = new Map<string, OnPod>()
    const { name, kubeconfig, certificate, key, authority } = plane.node
    const port = parts.adopt(await run.ports.allocate(), (port) => run.ports.release(port))
    const node = parts.use(
      await NodeAgent.start({
        kubeconfig,
        name,
        images: {},
        run,
        logServer: { port, certificate, key, authority },
        on: (event) => tell(event, listeners.get(event.namespace)),
      }),
    )
    return new ProcessCluster(await readFile(plane.kubeconfig, 'utf8'), plane, node, parts.move(), listeners)
  }

  /** Where the administrator's file is, for kubectl. */
  get kubeconfigPath(): string {
    return this.#plane.kubeconfig
  }

  get metricsAdapter(): Running {
    return this.#plane.adapter
  }

  async namespace(name: string, on?: OnPod): Promise<Namespace> {
    if (on) this.#listeners.set(name, on)
    await this.#plane.api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
    return new ClusterNamespace(name, this.#plane.api, this.#node)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#parts.disposeAsync()
  }
}

/** What a history has no word for is left out: that a pod is deleted or refused is in the cluster's own objects. */
function tell({ event, pod, pid, code, signal }: NodeEvent, on: OnPod | undefined): void {
  if (pid === undefined) return
  if (event !== 'started' && event !== 'ready' && event !== 'exited' && event !== 'killed') return
  const how = { ...(code === undefined ? {} : { code }), ...(signal === undefined ? {} : { signal }) }
  on?.({ event, pod, id: `process ${pid}`, ...how })
}
