import { until } from '../../../core/until.ts'
import type { KubernetesApi } from '../../clients/kubernetes-api.ts'
import type { ClusterObject, ContainerProgram, Namespace } from '../../stack.ts'
import { commandOf } from './command-of.ts'
import type { RunningNode } from './node-agent/node-agent.ts'

/** Milliseconds for the pods of a namespace to be gone before the run goes on without waiting. */
const GONE = 10_000

/** All pods share this machine: the node gives each container a port of its own, and tells it in this variable. */
const PORT = 'EVENTPROOF_PORT'

/** One scenario's part of a cluster. */
export class ClusterNamespace implements Namespace {
  readonly name: string
  readonly #api: KubernetesApi
  readonly #node: RunningNode
  /** What was applied: its end begins with the last. */
  readonly #applied: ClusterObject[] = []

  constructor(name: string, api: KubernetesApi, node: RunningNode) {
    this.name = name
    this.#api = api
    this.#node = node
  }

  async apply(object: ClusterObject): Promise<void> {
    const own = this.#own(object)
    await this.#api.apply(own)
    this.#applied.push(own)
  }

  delete(object: ClusterObject): Promise<void> {
    return this.#api.delete(this.#own(object), 'own')
  }

  portText(): string {
    return `$(${PORT})`
  }

  async use(image: string, { program, port }: ContainerProgram): Promise<void> {
    const command = commandOf(`what runs for image ${image}`, program)
    this.#node.use(image, { ...command, ports: port === undefined ? {} : { [PORT]: port } }, this.name)
  }

  killPod(pod: string): Promise<boolean> {
    return this.#node.kill(pod, { namespace: this.name })
  }

  /** The scaler goes before what it scales, else it would begin again. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const object of this.#applied.reverse()) await this.#api.delete(object).catch(() => {})
    await this.#api.delete({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: this.name } })
    const gone = () => this.#node.pods.every(({ namespace }) => namespace !== this.name)
    await until(gone, { what: `the pods of ${this.name} to be gone`, deadline: GONE, every: 50 }).catch(
      () => {},
    )
    this.#node.forget(this.name)
  }

  #own(object: ClusterObject): ClusterObject {
    return { ...object, metadata: { ...object.metadata, namespace: this.name } }
  }
}
