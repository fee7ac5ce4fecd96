import { until } from '../../../../core/until.ts'
import type { KubernetesApi } from '../../../clients/kubernetes-api.ts'
import type { WatchedPods } from '../../../clients/watched-pods.ts'
import { onSmallNode, type PodImage, withImages } from '../../../clients/with-images.ts'
import type { ClusterObject, ContainerProgram, Namespace } from '../../../stack.ts'
import type { KindNodes } from './kind-nodes.ts'
import { KindPodNodes } from './kind-pod-nodes.ts'
import type { PodImages } from './pod-images.ts'

/** Milliseconds for the pods of a namespace to be gone before the run goes on without waiting. */
const GONE = 10_000

export interface KindNamespaceParts {
  readonly api: KubernetesApi
  readonly nodes: KindNodes
  readonly images: PodImages
  readonly pods: WatchedPods
}

/** One scenario's part of a kind cluster. */
export class KindNamespace implements Namespace {
  readonly name: string
  readonly nodes: KindPodNodes
  readonly #parts: KindNamespaceParts
  /** What was applied: its end begins with the last. */
  readonly #applied: ClusterObject[] = []
  readonly #images = new Map<string, PodImage>()

  constructor(name: string, parts: KindNamespaceParts) {
    this.name = name
    this.#parts = parts
    this.nodes = new KindPodNodes(name, parts)
  }

  async apply(object: ClusterObject): Promise<void> {
    const own = this.#own(withImages(object, this.#images, onSmallNode))
    await this.#parts.api.apply(own)
    this.#applied.push(own)
  }

  delete(object: ClusterObject): Promise<void> {
    return this.#parts.api.delete(this.#own(object), 'own')
  }

  portText(containerPort: number): string {
    return String(containerPort)
  }

  async use(image: string, { program }: ContainerProgram): Promise<void> {
    this.#images.set(image, await this.#parts.images.of(`what runs for image ${image}`, program))
  }

  async killPod(pod: string): Promise<boolean> {
    const { nodes, pods } = this.#parts
    const killed = await Promise.all(
      pods.running(pod).map((container) => {
        pods.killed(pod, container)
        return nodes.named(pods.node(pod)).kill(container)
      }),
    )
    return killed.includes(true)
  }

  /** The scaler goes before what it scales, else it would begin again. */
  async [Symbol.asyncDispose](): Promise<void> {
    const { api, pods } = this.#parts
    for (const object of this.#applied.reverse()) await api.delete(object).catch(() => {})
    await api.delete({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: this.name } }).catch(() => {})
    const gone = () => pods.names.length === 0
    await until(gone, { what: `the pods of ${this.name} to be gone`, deadline: GONE, every: 50 }).catch(
      () => {},
    )
    await pods[Symbol.asyncDispose]()
  }

  #own(object: ClusterObject): ClusterObject {
    return { ...object, metadata: { ...object.metadata, namespace: this.name } }
  }
}
