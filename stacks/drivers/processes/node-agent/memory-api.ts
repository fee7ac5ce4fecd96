import type { V1Pod, V1PodSpec, V1PodStatus } from '@kubernetes/client-node'
import type { NodeApi, PodWatcher } from './node-api.ts'

/** The part of an API server that a node sees, for tests: it keeps pods, and tells of what changes. */
export class MemoryApi implements NodeApi {
  readonly server = { host: '127.0.0.1', port: 1 }
  readonly pods = new Map<string, V1Pod>()
  readonly settings: Record<string, Record<string, string>> = {}
  leases = 0
  /** So many removals fail. */
  refusals = 0
  #watcher: PodWatcher | undefined

  create(name: string, spec: V1PodSpec, uid = `uid-${name}`): void {
    const pod: V1Pod = { metadata: { name, namespace: 'default', uid }, spec }
    this.pods.set(name, pod)
    this.#watcher?.seen(pod)
  }

  delete(name: string, grace = 30): void {
    const pod = this.pods.get(name) as V1Pod
    const deletion = { deletionTimestamp: new Date(), deletionGracePeriodSeconds: grace }
    this.#watcher?.seen({ ...pod, metadata: { ...pod.metadata, ...deletion } })
  }

  status(name: string): V1PodStatus | undefined {
    return this.pods.get(name)?.status
  }

  async version() {
    return 'v1.0.0'
  }

  async register() {}

  async renewLease() {
    this.leases++
  }

  async watchPods(_node: string, watcher: PodWatcher) {
    this.#watcher = watcher
    return { async [Symbol.asyncDispose]() {} }
  }

  async patchStatus(pod: V1Pod, status: V1PodStatus) {
    const known = this.pods.get(pod.metadata?.name ?? '')
    if (known?.metadata?.uid !== pod.metadata?.uid) return 'gone' as const
    if (known) known.status = status
    return 'written' as const
  }

  async remove(pod: V1Pod) {
    if (this.refusals-- > 0) throw new Error('not now')
    const name = pod.metadata?.name ?? ''
    if (this.pods.get(name)?.metadata?.uid === pod.metadata?.uid) this.pods.delete(name)
    this.#watcher?.removed(pod)
  }

  async configMap(_namespace: string, name: string) {
    return this.settings[name]
  }

  async secret() {
    return undefined
  }
}
