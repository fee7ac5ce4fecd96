import { setTimeout as pause } from 'node:timers/promises'
import type {
  CoordinationV1Api,
  CoreV1Api,
  KubeConfig,
  V1Node,
  V1Pod,
  V1PodStatus,
} from '@kubernetes/client-node'
import { optionalPackage } from '../../../../core/optional-package.ts'
import type { Variables } from './environment.ts'
import type { NodeApi, PodWatcher } from './node-api.ts'
import type { Written } from './status-reporter.ts'

type Client = typeof import('@kubernetes/client-node')

/** Where nodes keep their leases, in every cluster. */
const LEASES = 'kube-node-lease'

/** Milliseconds before a watch that broke begins again. */
const REWATCH = 300

/** @param kubeconfig path of a file whose user is allowed what a node is: `O=system:nodes, CN=system:node:<name>` */
export async function kubernetesNodeApi(kubeconfig: string): Promise<NodeApi> {
  // The client costs a second and 80 MB; who needs no cluster does not pay.
  const client = await optionalPackage(
    '@kubernetes/client-node',
    'clusters are spoken to with it',
    () => import('@kubernetes/client-node'),
  )
  const config = new client.KubeConfig()
  config.loadFromFile(kubeconfig)
  return new KubernetesNodeApi(client, config)
}

class KubernetesNodeApi implements NodeApi {
  readonly #client: Client
  readonly #config: KubeConfig
  readonly #core: CoreV1Api
  readonly #coordination: CoordinationV1Api

  constructor(client: Client, config: KubeConfig) {
    this.#client = client
    this.#config = config
    this.#core = config.makeApiClient(client.CoreV1Api)
    this.#coordination = config.makeApiClient(client.CoordinationV1Api)
  }

  get server(): { readonly host: string; readonly port: number } {
    const url = new URL(this.#config.getCurrentCluster()?.server ?? '')
    return { host: url.hostname, port: Number(url.port || 443) }
  }

  async version(): Promise<string> {
    return (await this.#config.makeApiClient(this.#client.VersionApi).getCode()).gitVersion
  }

  async register(node: V1Node): Promise<void> {
    try {
      await this.#core.createNode({ body: node })
    } catch (error) {
      if (codeOf(error) !== 409) throw error
      const body = { status: node.status }
      await this.#core.patchNodeStatus({ name: node.metadata?.name ?? '', body }, this.#merge())
    }
  }

  async renewLease(node: string, seconds: number, at: Date): Promise<void> {
    const spec = {
      holderIdentity: node,
      leaseDurationSeconds: seconds,
      renewTime: new this.#client.V1MicroTime(at.getTime()),
    }
    const metadata = { name: node, namespace: LEASES }
    const lease = { ...metadata, body: { metadata, spec } }
    try {
      await this.#coordination.patchNamespacedLease(lease, this.#merge())
    } catch (error) {
      if (codeOf(error) !== 404) throw error
      await this.#coordination.createNamespacedLease(lease)
    }
  }

  async watchPods(node: string, watcher: PodWatcher): Promise<AsyncDisposable> {
    const fieldSelector = `spec.nodeName=${node}`
    const path = `/api/v1/pods?fieldSelector=${encodeURIComponent(fieldSelector)}`
    const informer = this.#client.makeInformer<V1Pod>(this.#config, path, () =>
      this.#core.listPodForAllNamespaces({ fieldSelector }),
    )
    const over = new AbortController()
    informer.on('add', (pod) => watcher.seen(pod))
    informer.on('update', (pod) => watcher.seen(pod))
    informer.on('delete', (pod) => watcher.removed(pod))
    informer.on('error', (error) => {
      if (over.signal.aborted) return
      watcher.trouble(error)
      const again = pause(REWATCH, undefined, { signal: over.signal }).then(() => informer.start())
      again.catch(() => {})
    })
    await informer.start()
    return {
      async [Symbol.asyncDispose]() {
        over.abort()
        await informer.stop()
      },
    }
  }

  async patchStatus(pod: V1Pod, status: V1PodStatus): Promise<Written> {
    const { name = '', namespace = '', uid } = pod.metadata ?? {}
    // With the uid, a patch meant for a pod that is gone cannot hit its successor of the same name.
    const body = { metadata: { uid }, status }
    try {
      await this.#core.patchNamespacedPodStatus({ name, namespace, body }, this.#merge())
      return 'written'
    } catch (error) {
      if (isGone(error)) return 'gone'
      throw error
    }
  }

  async remove(pod: V1Pod): Promise<void> {
    const { name = '', namespace = '', uid = '' } = pod.metadata ?? {}
    const body = { gracePeriodSeconds: 0, preconditions: { uid } }
    try {
      await this.#core.deleteNamespacedPod({ name, namespace, body })
    } catch (error) {
      if (!isGone(error)) throw error
    }
  }

  async configMap(namespace: string, name: string): Promise<Variables | undefined> {
    return (await found(this.#core.readNamespacedConfigMap({ name, namespace })))?.data
  }

  async secret(namespace: string, name: string): Promise<Variables | undefined> {
    const secret = await found(this.#core.readNamespacedSecret({ name, namespace }))
    if (!secret) return undefined
    const decoded = Object.entries(secret.data ?? {}).map(([key, value]) => {
      return [key, Buffer.from(value, 'base64').toString()]
    })
    return Object.fromEntries(decoded)
  }

  #merge() {
    const { setHeaderOptions, PatchStrategy } = this.#client
    return setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch)
  }
}

function codeOf(error: unknown): number | undefined {
  return (error as { code?: number }).code
}

/** There is no such object, or there is another one of its name. */
function isGone(error: unknown): boolean {
  return codeOf(error) === 404 || codeOf(error) === 409
}

async function found<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if (codeOf(error) === 404) return undefined
    throw error
  }
}
