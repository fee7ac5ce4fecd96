import { setTimeout as pause } from 'node:timers/promises'
import type { CoreV1Event, KubeConfig, KubernetesListObject, KubernetesObject } from '@kubernetes/client-node'
import { messageOf } from '../../core/error.ts'
import { optionalPackage } from '../../core/optional-package.ts'
import type { EventOf, NewEvent } from '../history/event.ts'
import { type AnyObject, type ClusterFields, clusterFields } from './cluster-fields.ts'

type Client = typeof import('@kubernetes/client-node')

export interface ClusterObserverOptions {
  /** Text of a kubeconfig whose user may read the namespace. */
  readonly kubeconfig: string
  readonly namespace: string
  readonly record: (event: NewEvent) => void
}

/** Kind → where the API server keeps the objects of a namespace. */
const WATCHED: Readonly<Record<string, readonly [groupVersion: string, plural: string]>> = {
  Deployment: ['apis/apps/v1', 'deployments'],
  ReplicaSet: ['apis/apps/v1', 'replicasets'],
  HorizontalPodAutoscaler: ['apis/autoscaling/v2', 'horizontalpodautoscalers'],
  Pod: ['api/v1', 'pods'],
  ScaledObject: ['apis/keda.sh/v1alpha1', 'scaledobjects'],
  Event: ['api/v1', 'events'],
}

/** Milliseconds before a watch that broke begins again. */
const REWATCH = 200

/**
 * Watches what scaling moves in one namespace: each change that matters of Deployments, ReplicaSets, autoscalers, pods
 * and ScaledObjects, and each event that a controller publishes, as the API server tells them.
 */
export class ClusterObserver implements AsyncDisposable {
  readonly #options: ClusterObserverOptions
  readonly #client: Client
  readonly #config: KubeConfig
  readonly #over = new AbortController()
  readonly #informers: { stop(): Promise<void> }[] = []
  /** `Kind/name` → what was told last. */
  readonly #known = new Map<string, ClusterFields>()
  /** An event's name → how often it was told: it counts up when the same happens again. */
  readonly #counted = new Map<string, string>()

  private constructor(options: ClusterObserverOptions, client: Client, config: KubeConfig) {
    this.#options = options
    this.#client = client
    this.#config = config
  }

  /** Resolves when everything that is there has been told. @throws where the API server does not answer */
  static async open(options: ClusterObserverOptions): Promise<ClusterObserver> {
    const client = await optionalPackage(
      '@kubernetes/client-node',
      'clusters are spoken to with it',
      () => import('@kubernetes/client-node'),
    )
    const config = new client.KubeConfig()
    config.loadFromString(options.kubeconfig)
    const observer = new ClusterObserver(options, client, config)
    await Promise.all(Object.keys(WATCHED).map((kind) => observer.#watch(kind)))
    return observer
  }

  /** What was told last of each object of a kind, by name. */
  of(kind: string): ReadonlyMap<string, ClusterFields> {
    const own = [...this.#known].filter(([key]) => key.startsWith(`${kind}/`))
    return new Map(own.map(([key, fields]) => [key.slice(kind.length + 1), fields]))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort()
    await Promise.all(this.#informers.map((informer) => informer.stop()))
  }

  async #watch(kind: string): Promise<void> {
    const [groupVersion, plural] = WATCHED[kind] as (typeof WATCHED)[string]
    const path = `/${groupVersion}/namespaces/${this.#options.namespace}/${plural}`
    const informer = this.#client.makeInformer<KubernetesObject>(this.#config, path, () => this.#list(kind))
    const tell = (change: EventOf<'k8s.object'>['change']) => (object: KubernetesObject) =>
      kind === 'Event' ? this.#event(object as CoreV1Event) : this.#object(kind, object, change)
    informer.on('add', tell('added'))
    informer.on('update', tell('modified'))
    if (kind !== 'Event') informer.on('delete', tell('deleted'))
    informer.on('error', (error) => void this.#again(kind, informer, error))
    this.#informers.push(informer)
    await informer.start()
  }

  /** A watch that breaks lists anew: a state in between may be missed, none that lasts. */
  async #again(kind: string, informer: { start(): Promise<void> }, error: unknown): Promise<void> {
    const { signal } = this.#over
    if (signal.aborted) return
    await pause(REWATCH, undefined, { signal }).catch(() => {})
    while (!signal.aborted) {
      try {
        return await informer.start()
      } catch (failure) {
        const text = `the watch of ${kind}s broke: ${messageOf(error)}; ${messageOf(failure)}`
        this.#options.record({ kind: 'note', text })
        await pause(REWATCH, undefined, { signal }).catch(() => {})
      }
    }
  }

  async #list(kind: string): Promise<KubernetesListObject<KubernetesObject>> {
    const [groupVersion, plural] = WATCHED[kind] as (typeof WATCHED)[string]
    const { namespace } = this.#options
    if (groupVersion === 'api/v1') {
      const core = this.#config.makeApiClient(this.#client.CoreV1Api)
      return kind === 'Pod' ? core.listNamespacedPod({ namespace }) : core.listNamespacedEvent({ namespace })
    }
    const [, group = '', version = ''] = groupVersion.split('/')
    const custom = this.#config.makeApiClient(this.#client.CustomObjectsApi)
    return custom.listNamespacedCustomObject({ group, version, namespace, plural })
  }

  #object(kind: string, object: AnyObject, change: EventOf<'k8s.object'>['change']): void {
    const name = object.metadata?.name ?? ''
    const key = `${kind}/${name}`
    const fields = clusterFields(kind, object)
    const before = this.#known.get(key)
    if (change === 'deleted') this.#known.delete(key)
    else if (JSON.stringify(before) === JSON.stringify(fields)) return
    else this.#known.set(key, fields)
    this.#options.record({ kind: 'k8s.object', resource: kind, name, change, fields })
  }

  #event({
    metadata,
    involvedObject,
    reason,
    message,
    source,
    reportingComponent,
    count,
    series,
  }: CoreV1Event) {
    const times = `${count ?? 0}/${series?.count ?? 0}`
    if (this.#counted.get(metadata.name ?? '') === times) return
    this.#counted.set(metadata.name ?? '', times)
    this.#options.record({
      kind: 'k8s.event',
      reason: reason ?? '',
      object: `${involvedObject.kind}/${involvedObject.name}`,
      message: message ?? '',
      source: source?.component || reportingComponent || '',
    })
  }
}
