import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { EventproofError } from '../../../../core/error.ts'
import { logTail } from '../../../../core/log-tail.ts'
import { runProgram } from '../../../artifacts/toolchain.ts'
import { expectKeda } from '../../../clients/keda-probe.ts'
import { KubernetesApi } from '../../../clients/kubernetes-api.ts'
import type { ClusterOptions } from '../../../driver.ts'
import { ComponentNotReady } from '../../../local/readiness.ts'
import type { Namespace, PodEvent, RunningKubernetes } from '../../../stack.ts'
import type { ContainerRun } from '../container-run.ts'
import { kindConfig } from './kind-config.ts'
import { KindNamespace } from './kind-namespace.ts'
import { KindNodes } from './kind-nodes.ts'
import { MetricsAdapter } from './metrics-adapter.ts'
import { PodImages } from './pod-images.ts'
import { WatchedPods } from './watched-pods.ts'

export interface KindStart extends ClusterOptions {
  /** The program `kind`. */
  readonly kind: string
  /** Of the node. */
  readonly image: string
  /** The image with Node, for Dockerfiles that ask for it. */
  readonly nodeImage: () => Promise<string>
}

/** Milliseconds for `kind create cluster`: on a busy machine it takes minutes. */
const CREATED = 8 * 60_000
/** Milliseconds for KEDA's pods to answer. */
const KEDA = 4 * 60_000

/** A cluster of kind in the run's network, where pods find the stack's containers by their names. */
export class KindCluster implements RunningKubernetes, AsyncDisposable {
  readonly kubeconfig: string
  /** Its file, for kubectl: another one than the user's own. */
  readonly kubeconfigPath: string
  readonly metricsAdapter: MetricsAdapter
  readonly #api: KubernetesApi
  readonly #nodes: KindNodes
  readonly #images: PodImages
  readonly #parts: AsyncDisposableStack

  private constructor(
    kubeconfig: { readonly text: string; readonly path: string },
    api: KubernetesApi,
    { nodes, images, adapter }: { nodes: KindNodes; images: PodImages; adapter: MetricsAdapter },
    parts: AsyncDisposableStack,
  ) {
    this.kubeconfig = kubeconfig.text
    this.kubeconfigPath = kubeconfig.path
    this.metricsAdapter = adapter
    this.#api = api
    this.#nodes = nodes
    this.#images = images
    this.#parts = parts
  }

  /** @throws {ComponentNotReady} with the last lines of kind's log */
  static async start(options: KindStart, run: ContainerRun): Promise<KindCluster> {
    // Reading the client's modules takes a while.
    const client = import('@kubernetes/client-node')
    client.catch(() => {})
    await using parts = new AsyncDisposableStack()
    const name = run.network
    const port = parts.adopt(await run.ports.allocate(), (port) => run.ports.release(port))
    const nodes = new KindNodes(name, run)
    const path = join(run.data, 'kubeconfig')
    parts.defer(() => nodes.remove())
    await created(options, { name, port, path, run })
    const text = await readFile(path, 'utf8')
    const api = parts.use(apiOf(text))
    const installed = async () => {
      await Promise.all([nodes.connect(api), nodes.control.shell(['/kind/bin/start-keda'], KEDA)])
      await expectKeda(api, KEDA)
      await nodes.open()
    }
    await installed().catch(async (cause) => {
      throw await notReady(cause, nodes, run)
    })
    const pods = parts.use(await WatchedPods.open(text, 'keda', () => {}))
    const adapter = new MetricsAdapter(api, nodes, pods)
    parts.defer(() => keepLogs(nodes, run))
    const images = new PodImages(run, nodes, options.nodeImage)
    return new KindCluster({ text, path }, api, { nodes, images, adapter }, parts.move())
  }

  async namespace(name: string, on: (event: PodEvent) => void = () => {}): Promise<Namespace> {
    await this.#api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
    const pods = await WatchedPods.open(this.kubeconfig, name, on)
    return new KindNamespace(name, { api: this.#api, nodes: this.#nodes, images: this.#images, pods })
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#parts.disposeAsync()
  }
}

interface Creation {
  readonly name: string
  readonly port: number
  readonly path: string
  readonly run: ContainerRun
}

async function created({ kind, image, autoscalerSync }: KindStart, creation: Creation): Promise<void> {
  const { name, port, path, run } = creation
  const config = join(run.data, 'kind.json')
  // JSON is YAML, too.
  await writeFile(config, JSON.stringify(kindConfig({ image, port, autoscalerSync })))
  const words = ['create', 'cluster', '--name', name, '--config', config, '--kubeconfig', path, '--retain']
  try {
    await runProgram(kind, [...words, '--verbosity', '3'], {
      cwd: run.data,
      env: {
        ...run.reaper.environment,
        DOCKER_HOST: run.engine.address.url,
        KIND_EXPERIMENTAL_DOCKER_NETWORK: run.network,
      },
      deadline: CREATED,
    })
  } catch (cause) {
    throw await notReady(cause, new KindNodes(name, run), run)
  }
}

async function notReady(cause: unknown, nodes: KindNodes, run: ContainerRun): Promise<ComponentNotReady> {
  const log = join(run.logs, 'kubernetes.log')
  await keepLogs(nodes, run)
  const said = cause instanceof EventproofError ? cause.detail?.last : undefined
  return new ComponentNotReady('kubernetes', {
    what: 'the kind cluster did not get ready',
    last: [said, await logTail(log, 15)].filter(Boolean).join('\n'),
    log,
    hint: '`eventproof doctor` checks the engine and its images',
    cause,
  })
}

/** What kubelets and pods wrote, as far as there are nodes. */
async function keepLogs(nodes: KindNodes, run: ContainerRun): Promise<void> {
  const script =
    'journalctl --no-pager -u kubelet -u containerd | tail -200; for log in /var/log/pods/k*/*/*.log; do echo "== $log"; tail -100 "$log"; done; true'
  const said = await Promise.all(
    nodes.all.map(async (node) => {
      const lines = await node.shell(['bash', '-c', script]).catch((error) => String(error))
      return `=== ${node.name}\n${lines}`
    }),
  )
  // What failed is last, and the first lines are what an error shows: the control plane's come at the end.
  await writeFile(join(run.logs, 'kubernetes.log'), said.reverse().join('\n'))
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
