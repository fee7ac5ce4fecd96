import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { messageOf } from '../../../../core/error.ts'
import { expectKeda } from '../../../clients/keda-probe.ts'
import { KubernetesApi } from '../../../clients/kubernetes-api.ts'
import { WatchedPods } from '../../../clients/watched-pods.ts'
import type { ClusterOptions } from '../../../driver.ts'
import type { Namespace, PodEvent, RunningKubernetes } from '../../../stack.ts'
import type { ContainerRun } from '../container-run.ts'
import { RUN_LABEL } from '../labels.ts'
import { KeptClusters, type LeasedCluster } from './kept-clusters.ts'
import { kindConfig } from './kind-config.ts'
import { createKind, keepLogs, kindNotReady, kubeconfigOf } from './kind-create.ts'
import { KindNamespace } from './kind-namespace.ts'
import { KindNodes } from './kind-nodes.ts'
import { keptPlace, ownPlace } from './kind-place.ts'
import { ADMIN } from './leave.ts'
import { MetricsAdapter } from './metrics-adapter.ts'
import { PodImages } from './pod-images.ts'

export interface KindStart extends ClusterOptions {
  /** The program `kind`. */
  readonly kind: string
  /** Of the nodes. */
  readonly image: string
  /** The image with Node, for Dockerfiles that ask for it. */
  readonly nodeImage: () => Promise<string>
  /** A new cluster stays for the next run. */
  readonly keep: boolean
  /** A folder for locks. */
  readonly locks: string
}

/** Milliseconds for KEDA's pods to answer. */
const KEDA = 4 * 60_000
/** Milliseconds for a kept cluster to be as it was: less than a new one takes. */
const RESUMED = 30_000

/** In the next run's network other addresses have the same names. */
const SHORT_MEMORY = `
export KUBECONFIG=${ADMIN}
kubectl get configmap coredns -n kube-system -o json | sed 's/cache 30/cache 1/' | kubectl apply -f - 2>/dev/null`

/** What a run has left that was killed. */
const AS_NEW = `
export KUBECONFIG=${ADMIN}
kubectl uncordon -l kubernetes.io/os=linux
kubectl delete namespaces --selector ${RUN_LABEL}`

interface Parts {
  readonly nodes: KindNodes
  readonly images: PodImages
  readonly adapter: MetricsAdapter
  /** On each namespace. */
  readonly labels: Readonly<Record<string, string>>
}

/** A cluster of kind in the run's network, where pods find the stack's containers by their names. */
export class KindCluster implements RunningKubernetes, AsyncDisposable {
  readonly kubeconfig: string
  /** Its file, for kubectl: another one than the user's own. */
  readonly kubeconfigPath: string
  readonly metricsAdapter: MetricsAdapter
  readonly #api: KubernetesApi
  readonly #nodes: KindNodes
  readonly #images: PodImages
  readonly #labels: Readonly<Record<string, string>>
  readonly #parts: AsyncDisposableStack

  private constructor(
    kubeconfig: { readonly text: string; readonly path: string },
    api: KubernetesApi,
    { nodes, images, adapter, labels }: Parts,
    parts: AsyncDisposableStack,
  ) {
    this.kubeconfig = kubeconfig.text
    this.kubeconfigPath = kubeconfig.path
    this.metricsAdapter = adapter
    this.#api = api
    this.#nodes = nodes
    this.#images = images
    this.#labels = labels
    this.#parts = parts
  }

  /** One that was kept, else a new one. @throws {ComponentNotReady} with the last lines of kind's log */
  static async start(options: KindStart, run: ContainerRun): Promise<KindCluster> {
    // Reading the client's modules takes a while.
    const client = import('@kubernetes/client-node')
    client.catch(() => {})
    const { image, autoscalerSync, keep, locks } = options
    const kept = new KeptClusters(run.engine, locks)
    const made = kindConfig({ image, port: 0, autoscalerSync })
    const found = await kept.find(made)
    if (found !== undefined) {
      const resumed = await KindCluster.#resume(found, options, run).catch((error) => messageOf(error))
      if (typeof resumed !== 'string') return resumed
      run.report({
        type: 'note',
        level: 'warning',
        text: `${found.name} was kept and is of no use: ${resumed}`,
      })
    }
    // Until all of it is up it goes with us.
    const lease = keep ? await kept.make(made, (id) => run.swept.add(id)) : undefined
    return await KindCluster.#create(lease, options, run)
  }

  static async #create(
    lease: LeasedCluster | undefined,
    options: KindStart,
    run: ContainerRun,
  ): Promise<KindCluster> {
    await using parts = new AsyncDisposableStack()
    const { kind, image, autoscalerSync } = options
    const port = parts.adopt(await run.ports.allocate(), (port) => run.ports.release(port))
    const name = lease?.name ?? run.network
    const nodes = new KindNodes(name, run)
    const place = parts.use(lease ? keptPlace(lease, nodes, run) : ownPlace(nodes, run))
    const path = join(run.data, 'kubeconfig')
    // kind would add it to a cluster that was found and is of no use.
    await rm(path, { force: true })
    await createKind({ kind, config: kindConfig({ image, port, autoscalerSync }), name, path }, run)
    const text = await readFile(path, 'utf8')
    const api = parts.use(apiOf(text))
    const installed = async () => {
      await place.join()
      await Promise.all([nodes.connect(api), nodes.control.shell(['/kind/bin/start-keda'], KEDA)])
      if (lease) await nodes.control.shell(['bash', '-ec', SHORT_MEMORY])
      await expectKeda(api, KEDA)
      await nodes.open()
    }
    await installed().catch(async (cause) => {
      throw await kindNotReady(cause, nodes, run)
    })
    place.settle()
    if (lease)
      run.report({
        type: 'note',
        level: 'info',
        text: `the cluster ${name} is kept for the next run; \`eventproof gc\` removes it`,
      })
    return await KindCluster.#of({ text, path }, { api, nodes, nodeImage: options.nodeImage }, run, parts)
  }

  /** @throws where it is not as it was: then all of it is gone */
  static async #resume(lease: LeasedCluster, options: KindStart, run: ContainerRun): Promise<KindCluster> {
    await using parts = new AsyncDisposableStack()
    const nodes = new KindNodes(lease.name, run)
    const place = parts.use(keptPlace(lease, nodes, run))
    const [text] = await Promise.all([kubeconfigOf(options.kind, lease.name, run), place.join()])
    const api = parts.use(apiOf(text))
    if (await leftBehind(api)) await nodes.control.shell(['bash', '-ec', AS_NEW], RESUMED)
    await MetricsAdapter.wanted(api)
    await expectKeda(api, RESUMED)
    const path = join(run.data, 'kubeconfig')
    await writeFile(path, text, { mode: 0o600 })
    const more = { api, nodes, nodeImage: options.nodeImage }
    const cluster = await KindCluster.#of({ text, path }, more, run, parts)
    place.settle()
    return cluster
  }

  static async #of(
    kubeconfig: { readonly text: string; readonly path: string },
    { api, nodes, nodeImage }: { api: KubernetesApi; nodes: KindNodes; nodeImage: () => Promise<string> },
    run: ContainerRun,
    parts: AsyncDisposableStack,
  ): Promise<KindCluster> {
    const pods = parts.use(await WatchedPods.open(kubeconfig.text, 'keda', () => {}))
    const adapter = new MetricsAdapter(api, nodes, pods)
    parts.defer(() => keepLogs(nodes, run))
    const images = new PodImages(run, nodes, nodeImage)
    const labels = { [RUN_LABEL]: run.labels[RUN_LABEL] ?? '' }
    return new KindCluster(kubeconfig, api, { nodes, images, adapter, labels }, parts.move())
  }

  async namespace(name: string, on: (event: PodEvent) => void = () => {}): Promise<Namespace> {
    const metadata = { name, labels: this.#labels }
    await this.#api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata })
    const pods = await WatchedPods.open(this.kubeconfig, name, on)
    return new KindNamespace(name, { api: this.#api, nodes: this.#nodes, images: this.#images, pods })
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#parts.disposeAsync()
  }
}

/** Whether a run that was killed has left namespaces, or a node that takes no pods. */
async function leftBehind(api: KubernetesApi): Promise<boolean> {
  interface Listed {
    readonly items: readonly { readonly spec?: { readonly unschedulable?: boolean } }[]
  }
  const [namespaces, nodes] = await Promise.all([
    api.get<Listed>(`/api/v1/namespaces?labelSelector=${RUN_LABEL}`),
    api.get<Listed>('/api/v1/nodes'),
  ])
  return namespaces.items.length > 0 || nodes.items.some(({ spec }) => spec?.unschedulable)
}

interface Kubeconfig {
  readonly clusters: readonly [{ readonly cluster: Readonly<Record<string, string>> }]
  readonly users: readonly [{ readonly user: Readonly<Record<string, string>> }]
}

function apiOf(text: string): KubernetesApi {
  const { clusters, users } = parse(text) as Kubeconfig
  const [{ cluster }] = clusters
  const [{ user }] = users
  const pem = (base64 = '') => Buffer.from(base64, 'base64').toString('utf8')
  return new KubernetesApi(cluster.server ?? '', {
    ca: pem(cluster['certificate-authority-data']),
    certificate: pem(user['client-certificate-data']),
    key: pem(user['client-key-data']),
  })
}
