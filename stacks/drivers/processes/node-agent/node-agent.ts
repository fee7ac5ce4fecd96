import type { V1Pod } from '@kubernetes/client-node'
import { type Clock, systemClock } from '../../../../core/clock.ts'
import { messageOf } from '../../../../core/error.ts'
import { DeadlinePassed, until } from '../../../../core/until.ts'
import { ComponentNotReady } from '../../../local/readiness.ts'
import type { Run } from '../../../local/run.ts'
import { type BackOff, KUBELET_BACK_OFF } from './back-off.ts'
import { kubernetesNodeApi } from './kubernetes-node-api.ts'
import type { LocalImage } from './local-image.ts'
import { LocalImages } from './local-images.ts'
import { LogServer, type LogServerOptions } from './log-server.ts'
import type { NodeApi } from './node-api.ts'
import { keepLease } from './node-lease.ts'
import { NodeLog } from './node-log.ts'
import { nodeObject } from './node-object.ts'
import { NodePods } from './node-pods.ts'
import type { PodEvent } from './pod-event.ts'
import type { Address } from './service-variables.ts'

export interface NodeAgentOptions {
  /** Path of the node's own kubeconfig (`O=system:nodes, CN=system:node:<name>`), or what stands for a server. */
  readonly kubeconfig: string | NodeApi
  /** The node's name, which its certificate carries. */
  readonly name: string
  /** Image name → the process that stands for it in all namespaces. More can be added to each later. */
  readonly images: Readonly<Record<string, LocalImage>>
  readonly run: Run
  /** Services that pods find in their environment, by name; only what answers on this machine. */
  readonly services?: Readonly<Record<string, Address>>
  /** Serves `kubectl logs`; left out, it says that there is nothing. */
  readonly logServer?: LogServerOptions
  /** Between restarts of a container; default: a kubelet's. */
  readonly backOff?: BackOff
  readonly clock?: Clock
  /** Told of what happens to each pod, in order. Must not throw. */
  readonly on?: (event: PodEvent) => void
  /** Milliseconds until the node must be registered; default 10 s. */
  readonly deadline?: number
}

/** What a node shows of one of its pods. */
export interface PodOnNode {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly phase: string
  readonly containers: readonly {
    readonly name: string
    /** Undefined while no process of it runs. */
    readonly pid: number | undefined
    readonly restarts: number
    /** Of its newest process. */
    readonly log: string
  }[]
}

/** A node that is registered and takes pods. Disposing kills their processes and leaves the cluster as it is. */
export interface RunningNode extends AsyncDisposable {
  readonly name: string
  /** What it did, one line each. */
  readonly log: string
  readonly pods: readonly PodOnNode[]
  /** From now on this stands for the image in this namespace; pods that wait for it start. */
  use(image: string, local: LocalImage, namespace: string): void
  /** Nothing stands for the images of this namespace any more. */
  forget(namespace: string): void
  /**
   * SIGKILL of a pod's processes, as a fault: the pod stays, its restart policy decides. Resolves when they are gone;
   * false when none ran.
   */
  kill(pod: string, which?: { readonly namespace?: string; readonly container?: string }): Promise<boolean>
}

/**
 * A Kubernetes node without a container runtime: it runs each container of the pods bound to it as a local process,
 * and reports as a kubelet does. What it cannot do is refused in the pod's status (see refusal.ts).
 *
 * Where it differs from a kubelet, silently: processes share this machine's files, user, loopback and resources; no
 * service account token is mounted; a process without a handler ends at SIGTERM, where process 1 of a container
 * would sit out its grace period; a readiness probe looks every 200 ms until it passes for the first time.
 */
export class NodeAgent {
  private constructor() {}

  /** Resolves when the node is registered and its pods are watched. @throws {ComponentNotReady} */
  static async start(options: NodeAgentOptions): Promise<RunningNode> {
    const { kubeconfig, name, run, clock = systemClock() } = options
    const log = new NodeLog(run.logs, name, clock)
    const over = new AbortController()
    const started = new AsyncDisposableStack()
    try {
      const api = typeof kubeconfig === 'string' ? await kubernetesNodeApi(kubeconfig) : kubeconfig
      const images = new LocalImages(options.images)
      const pods = started.use(
        new NodePods({
          api,
          run,
          images,
          services: options.services ?? {},
          backOff: options.backOff ?? KUBELET_BACK_OFF,
          clock,
          on: (event) => {
            log.event(event)
            options.on?.(event)
          },
          trouble: (what, error) => log.trouble(what, error),
        }),
      )
      const logServer = options.logServer && started.use(await LogServer.start(options.logServer, pods))
      const watcher = {
        seen: (pod: V1Pod) => pods.seen(pod),
        removed: (pod: V1Pod) => pods.removed(pod),
        trouble: (error: unknown) => log.trouble('watch of pods', error),
      }
      await until(
        async () => {
          const facts = { name, version: await api.version(), now: clock.now() }
          await api.register(nodeObject({ ...facts, ...(logServer ? { logPort: logServer.port } : {}) }))
          return true
        },
        { what: `node ${name} to be registered`, deadline: options.deadline ?? 10_000, every: 100 },
      )
      const trouble = (error: unknown) => log.trouble('lease', error)
      const lease = keepLease({ api, node: name, clock, trouble, signal: over.signal })
      started.use(await api.watchPods(name, watcher))
      started.defer(() => {
        over.abort()
        return lease
      })
      return new RegisteredNode(name, log.path, images, pods, started.move())
    } catch (cause) {
      over.abort()
      await started.disposeAsync()
      throw new ComponentNotReady(`node ${name}`, {
        what: messageOf(cause),
        log: log.path,
        ...(cause instanceof DeadlinePassed && cause.detail.last ? { last: cause.detail.last } : {}),
        cause,
      })
    }
  }
}

class RegisteredNode implements RunningNode {
  readonly name: string
  readonly log: string
  readonly #images: LocalImages
  readonly #pods: NodePods
  readonly #started: AsyncDisposableStack

  constructor(name: string, log: string, images: LocalImages, pods: NodePods, started: AsyncDisposableStack) {
    this.name = name
    this.log = log
    this.#images = images
    this.#pods = pods
    this.#started = started
  }

  get pods(): readonly PodOnNode[] {
    return this.#pods.all.map(({ namespace, name, uid, containers, status }) => ({
      namespace,
      name,
      uid,
      phase: status.phase ?? 'Pending',
      containers: containers.map((container) => ({
        name: container.name,
        pid: container.pid,
        restarts: container.record.restarts,
        log: container.log(),
      })),
    }))
  }

  use(image: string, local: LocalImage, namespace: string): void {
    this.#images.use(image, local, namespace)
  }

  forget(namespace: string): void {
    this.#images.forget(namespace)
  }

  async kill(
    pod: string,
    { namespace = 'default', container }: { readonly namespace?: string; readonly container?: string } = {},
  ): Promise<boolean> {
    const victims = this.#pods.named(namespace, pod)?.containers ?? []
    const hit = victims.filter(({ name }) => container === undefined || name === container)
    return (await Promise.all(hit.map((victim) => victim.kill()))).includes(true)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#started.disposeAsync()
  }
}
