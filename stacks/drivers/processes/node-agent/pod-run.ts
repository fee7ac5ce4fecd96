import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { V1Container, V1Pod, V1PodStatus } from '@kubernetes/client-node'
import type { Clock } from '../../../../core/clock.ts'
import type { Run } from '../../../local/run.ts'
import type { BackOff } from './back-off.ts'
import { ContainerRun } from './container-run.ts'
import type { LocalImages } from './local-images.ts'
import type { NodeApi } from './node-api.ts'
import type { PodEvent } from './pod-event.ts'
import { podStatus, policyOf } from './pod-status.ts'
import { Preparation } from './preparation.ts'
import type { Address } from './service-variables.ts'
import { StatusReporter } from './status-reporter.ts'
import { aborted, Termination } from './termination.ts'

/** What all pods of a node share. */
export interface PodSurroundings {
  readonly api: NodeApi
  readonly run: Run
  readonly images: LocalImages
  readonly services: Readonly<Record<string, Address>>
  readonly backOff: BackOff
  readonly clock: Clock
  readonly on: (event: PodEvent) => void
  readonly trouble: (what: string, error: unknown) => void
}

/** Grace of a pod that names none; seconds. */
const GRACE = 30
/** Milliseconds before a removal that failed is tried again. */
const RETRY = 300

/** A pod on this node, from the first look at it until it is gone from the API server. */
export class PodRun implements AsyncDisposable {
  readonly containers: readonly ContainerRun[]
  readonly #around: PodSurroundings
  readonly #end = new Termination()
  readonly #reporter: StatusReporter
  readonly #preparation: Preparation
  readonly #startTime: Date
  #pod: V1Pod
  #status: V1PodStatus | undefined
  readonly #abandoned = new AbortController()
  #life: Promise<void> = Promise.resolve()

  constructor(pod: V1Pod, around: PodSurroundings) {
    this.#pod = pod
    this.#around = around
    this.#startTime = around.clock.now()
    this.#preparation = new Preparation(around)
    this.#reporter = new StatusReporter(
      async () => {
        this.#status = this.status
        return around.api.patchStatus(this.#pod, this.#status)
      },
      (error) => around.trouble(`status of pod ${this.name}`, error),
    )
    this.containers = (pod.spec?.containers ?? []).map((container) => this.#container(container))
  }

  get uid(): string {
    return this.#pod.metadata?.uid ?? ''
  }

  get name(): string {
    return this.#pod.metadata?.name ?? ''
  }

  get namespace(): string {
    return this.#pod.metadata?.namespace ?? 'default'
  }

  start(): void {
    this.#reporter.report()
    this.#life = this.#live().catch((error) => this.#around.trouble(`pod ${this.name}`, error))
  }

  /** Resolves when nothing of it runs and it is gone from the API server, or was abandoned; never rejects. */
  get ended(): Promise<void> {
    return this.#life
  }

  /** A newer version of it. One that was deleted ends within its grace period. */
  update(pod: V1Pod): void {
    this.#pod = pod
    if (pod.metadata?.deletionTimestamp) this.end(pod.metadata.deletionGracePeriodSeconds ?? GRACE)
  }

  /** SIGTERM now, SIGKILL after so many seconds; asked again, only a shorter grace counts. */
  end(grace: number): void {
    const first = !this.#end.asked.aborted
    this.#end.begin(grace * 1000)
    if (!first) return
    this.#tell({ event: 'ending' })
    this.#reporter.report()
  }

  get status(): V1PodStatus {
    return podStatus(
      {
        pod: this.#pod,
        records: this.containers.map(({ record }) => record),
        ending: this.#end.asked.aborted,
        startTime: this.#startTime,
        now: this.#around.clock.now(),
      },
      this.#status,
    )
  }

  /** Kills its processes and leaves what the API server knows of it as it is. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#abandoned.abort()
    this.#reporter.close()
    this.#end.begin(0)
    await this.ended
  }

  async #live(): Promise<void> {
    using end = this.#end
    await Promise.all(this.containers.map((container) => container.run(end)))
    await this.#preparation[Symbol.asyncDispose]()
    this.#reporter.report()
    // One that came to its own end stays to be read until somebody deletes it.
    await aborted(end.asked)
    // A server that hangs must not keep us from leaving.
    await Promise.race([this.#farewell(), aborted(this.#abandoned.signal)])
  }

  /** Writes the last status, then removes the pod, however long the API server is away. */
  async #farewell(): Promise<void> {
    const { signal } = this.#abandoned
    await this.#reporter.settled()
    while (!signal.aborted) {
      try {
        await this.#around.api.remove(this.#pod)
        return this.#tell({ event: 'gone' })
      } catch (error) {
        if (!signal.aborted) this.#around.trouble(`removal of pod ${this.name}`, error)
        await pause(RETRY, undefined, { signal }).catch(() => {})
      }
    }
  }

  #container(container: V1Container): ContainerRun {
    const { run, backOff, clock } = this.#around
    return new ContainerRun({
      container,
      policy: policyOf(this.#pod),
      backOff,
      grace: 1000 * (this.#pod.spec?.terminationGracePeriodSeconds ?? GRACE),
      podName: `${this.name}_${this.namespace}(${this.uid})`,
      clock,
      reaper: run.reaper,
      log: (restarts) =>
        join(run.logs, `${this.name}.${this.uid.slice(0, 8)}.${container.name}.${restarts}.log`),
      prepare: () => this.#preparation.of(this.#pod, container),
      changed: () => this.#reporter.report(),
      tell: (event) => this.#tell({ ...event, container: container.name }),
    })
  }

  #tell(event: Omit<PodEvent, 'at' | 'namespace' | 'pod' | 'uid'>): void {
    const at = this.#around.clock.now()
    this.#around.on({ ...event, at, namespace: this.namespace, pod: this.name, uid: this.uid })
  }
}
