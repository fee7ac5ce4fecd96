import { setTimeout as pause } from 'node:timers/promises'
import type { CustomObjectsApi, KubeConfig } from '@kubernetes/client-node'
import { optionalPackage } from '../../core/optional-package.ts'
import type { EventOf, NewEvent } from '../history/event.ts'
import type { ClusterObserver } from './cluster-observer.ts'
import type { GroupLag, GroupProgress } from './group-progress.ts'

export interface ScaleSamplerOptions {
  readonly kubeconfig: string
  readonly namespace: string
  readonly deployment: string
  readonly scaledObject: string
  readonly cluster: ClusterObserver
  readonly progress: GroupProgress
  /** Events on the topic whose effect is not durable yet. */
  readonly inFlight: () => number
  readonly record: (event: NewEvent) => void
  /** Milliseconds between the beginnings of two looks. */
  readonly every: number
}

/** Milliseconds for one question of a look. */
const ANSWER = 2_000

/** Looks at offsets, KEDA's metric, the autoscaler, replicas and pods, again and again, until it is disposed of. */
export class ScaleSampler implements AsyncDisposable {
  readonly #options: ScaleSamplerOptions
  readonly #metrics: CustomObjectsApi
  readonly #over = new AbortController()
  readonly #looking: Promise<void>

  private constructor(options: ScaleSamplerOptions, metrics: CustomObjectsApi) {
    this.#options = options
    this.#metrics = metrics
    this.#looking = this.#look()
  }

  static async open(options: ScaleSamplerOptions): Promise<ScaleSampler> {
    const client = await optionalPackage(
      '@kubernetes/client-node',
      'clusters are spoken to with it',
      () => import('@kubernetes/client-node'),
    )
    const config: KubeConfig = new client.KubeConfig()
    config.loadFromString(options.kubeconfig)
    return new ScaleSampler(options, config.makeApiClient(client.CustomObjectsApi))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort()
    await this.#looking
  }

  async #look(): Promise<void> {
    const { every, record } = this.#options
    const { signal } = this.#over
    while (!signal.aborted) {
      const began = performance.now()
      const sample = await this.#sample()
      if (sample && !signal.aborted) record(sample)
      const rest = Math.max(20, every - (performance.now() - began))
      await pause(rest, undefined, { signal }).catch(() => {})
    }
  }

  /** Undefined where the broker did not answer: a look without the lag is none. */
  async #sample(): Promise<NewEvent | undefined> {
    const { cluster, deployment, progress, inFlight } = this.#options
    const [lag, metric] = await Promise.all([inTime(progress.lag()), inTime(this.#metric())])
    if (lag === undefined) return undefined
    const target = cluster.of('Deployment').get(deployment)
    const [scaler] = cluster.of('HorizontalPodAutoscaler').values()
    const pods = Object.groupBy(cluster.of('Pod').values(), ({ phase }) => String(phase))
    return {
      kind: 'scale.sample',
      ...(lag satisfies GroupLag),
      metric: metric ?? null,
      desired: scaler === undefined ? null : Number(scaler['status.desiredReplicas']),
      replicas: Number(target?.['spec.replicas'] ?? 0),
      ready: Number(target?.['status.readyReplicas'] ?? 0),
      pods: Object.fromEntries(Object.entries(pods).map(([phase, of]) => [phase, of?.length ?? 0])),
      inFlight: inFlight(),
    } satisfies Omit<EventOf<'scale.sample'>, 'seq' | 'at' | 'scenario'>
  }

  /** What the autoscaler would be told now: the sum of the ScaledObject's metrics. */
  async #metric(): Promise<number | undefined> {
    const { namespace, scaledObject } = this.#options
    const object = await this.#metrics.getNamespacedCustomObject({
      group: 'keda.sh',
      version: 'v1alpha1',
      namespace,
      plural: 'scaledobjects',
      name: scaledObject,
    })
    const names: readonly string[] = object.status?.externalMetricNames ?? []
    const values = await Promise.all(
      names.map(async (plural) => {
        const { items = [] } = await this.#metrics.listNamespacedCustomObject({
          group: 'external.metrics.k8s.io',
          version: 'v1beta1',
          namespace,
          plural,
          labelSelector: `scaledobject.keda.sh/name=${scaledObject}`,
        })
        return items.map(({ value }: { value: string }) => quantity(value))
      }),
    )
    return values.length === 0 ? undefined : values.flat().reduce((sum, value) => sum + value, 0)
  }
}

/** What is late or refused is not known; what it says then is in the cluster's own events. */
function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  return Promise.race([work.catch(() => undefined), pause(ANSWER, undefined, { ref: false })])
}

/** `1500m` is 1.5, `2k` is 2000. */
export function quantity(text: string): number {
  const [, number = '', unit = ''] = /^([-+.\dE]+)([a-zA-Z]*)$/.exec(text) ?? []
  return Number(number) * ({ m: 1e-3, k: 1e3, M: 1e6, G: 1e9 }[unit] ?? 1)
}
