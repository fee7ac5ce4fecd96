import { setTimeout as pause } from 'node:timers/promises'
import type { KubeConfig, V1Pod } from '@kubernetes/client-node'
import { optionalPackage } from '../../core/optional-package.ts'
import type { PodEvent } from '../stack.ts'
import { bareId, idOf, PodContainers } from './pod-containers.ts'

/** Milliseconds before a watch that broke begins again. */
const REWATCH = 200

/** The pods of one namespace, as the API server tells them. */
export class WatchedPods implements AsyncDisposable {
  readonly #pods = new Map<string, V1Pod>()
  readonly #containers: PodContainers
  readonly #tell: (event: PodEvent) => void
  #over = false
  #stop: () => Promise<void> = async () => {}

  private constructor(tell: (event: PodEvent) => void) {
    this.#tell = tell
    this.#containers = new PodContainers(tell)
  }

  static async open(
    kubeconfig: string,
    namespace: string,
    tell: (event: PodEvent) => void,
  ): Promise<WatchedPods> {
    const client = await optionalPackage(
      '@kubernetes/client-node',
      'clusters are spoken to with it',
      () => import('@kubernetes/client-node'),
    )
    const config: KubeConfig = new client.KubeConfig()
    config.loadFromString(kubeconfig)
    const core = config.makeApiClient(client.CoreV1Api)
    const pods = new WatchedPods(tell)
    const path = `/api/v1/namespaces/${namespace}/pods`
    const informer = client.makeInformer<V1Pod>(config, path, () => core.listNamespacedPod({ namespace }))
    informer.on('add', (pod) => pods.#see(pod))
    informer.on('update', (pod) => pods.#see(pod))
    informer.on('delete', (pod) => pods.#gone(pod))
    informer.on('error', async () => {
      while (!pods.#over) {
        await pause(REWATCH)
        const again = await informer.start().then(
          () => true,
          () => false,
        )
        if (again) return
      }
    })
    pods.#stop = () => informer.stop()
    await informer.start()
    return pods
  }

  get names(): readonly string[] {
    return [...this.#pods.keys()]
  }

  /** Ids of the containers of a pod that run now. */
  running(pod: string): readonly string[] {
    const statuses = this.#pods.get(pod)?.status?.containerStatuses ?? []
    return statuses
      .filter(({ state }) => state?.running !== undefined)
      .map(({ containerID }) => bareId(containerID ?? ''))
  }

  /** Name of the node that it is on; empty while it is on none. */
  node(pod: string): string {
    return this.#pods.get(pod)?.spec?.nodeName ?? ''
  }

  /** It was told to end, by us or by others. */
  leaving(pod: string): boolean {
    return this.#pods.get(pod)?.metadata?.deletionTimestamp !== undefined
  }

  /** Whether each of its containers may use so much memory and no more. */
  limited(pod: string): boolean {
    const containers = this.#pods.get(pod)?.spec?.containers ?? []
    return containers.every(({ resources }) => resources?.limits?.memory !== undefined)
  }

  /** In its kubelet's word, why a container of it ended; undefined while it runs. */
  ended(pod: string, container: string): string | undefined {
    const statuses = this.#pods.get(pod)?.status?.containerStatuses ?? []
    const over = statuses.flatMap(({ state, lastState }) => [
      state?.terminated ?? [],
      lastState?.terminated ?? [],
    ])
    return over.flat().find(({ containerID }) => bareId(containerID ?? '') === container)?.reason
  }

  /** A container of it is about to be killed by us. */
  killed(pod: string, container: string): void {
    this.#tell({ event: 'killed', pod, id: idOf(container) })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over = true
    await this.#stop()
  }

  #see(pod: V1Pod): void {
    this.#pods.set(pod.metadata?.name ?? '', pod)
    this.#containers.seen(pod)
  }

  #gone(pod: V1Pod): void {
    this.#pods.delete(pod.metadata?.name ?? '')
    this.#containers.seen(pod)
    this.#containers.gone(pod)
  }
}
