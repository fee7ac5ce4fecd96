import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Credentials, KubernetesApi, readCredentials } from '../../../clients/kubernetes-api.ts'
import type { Run } from '../../../local/run.ts'
import type { KubernetesPrograms } from '../artifacts/kubernetes-programs.ts'
import { startKeda } from './keda.ts'
import type { AdmissionPorts } from './keda-admission.ts'
import type { KedaPorts } from './keda-settings.ts'
import { writeKubeconfig } from './kubeconfig.ts'
import { certificateRequests, issueCertificates } from './kubernetes-certificates.ts'
import { KubernetesCore } from './kubernetes-core.ts'
import type { RunningServer } from './kubernetes-server.ts'
import type { KubernetesPorts } from './kubernetes-settings.ts'

export interface ControlPlaneOptions {
  readonly programs: KubernetesPrograms
  /** The name that the one node will have, and the addresses that it may serve logs on, beside 127.0.0.1. */
  readonly node?: { readonly name?: string; readonly addresses?: readonly string[] }
  /** How often the horizontal pod autoscaler looks, in milliseconds; default 15 s, as in every cluster. */
  readonly autoscalerSync?: number
  /** Milliseconds, for each step; default 60 s. */
  readonly deadline?: number
}

/** What a node agent identifies itself with: files. */
export interface NodeIdentity {
  readonly name: string
  /** As system:node:<name>. */
  readonly kubeconfig: string
  /** For its own server, where the API server fetches logs. */
  readonly certificate: string
  readonly key: string
  /** Who issued the certificate that the API server shows there; its common name is `admin`. */
  readonly authority: string
}

export interface RunningControlPlane extends AsyncDisposable {
  readonly url: string
  /** The administrator's, for kubectl and for any client library; gone with the run. */
  readonly kubeconfig: string
  readonly adminCredentials: Credentials
  /** A few calls as the administrator. */
  readonly api: KubernetesApi
  readonly node: NodeIdentity
  readonly etcd: RunningServer
  readonly apiserver: RunningServer
  readonly controllers: RunningServer
  readonly scheduler: RunningServer
  readonly operator: RunningServer
  readonly adapter: RunningServer
  readonly webhooks: RunningServer
  /** The operator's Prometheus metrics. */
  readonly operatorMetrics: string
  readonly versions: KubernetesPrograms['versions']
}

/** Kubernetes' real control plane with KEDA, without a node: pods wait until one registers. */
export class KubernetesControlPlane {
  readonly #options: ControlPlaneOptions

  constructor(options: ControlPlaneOptions) {
    this.#options = options
  }

  /**
   * Resolves when a pod was taken, judged by the scheduler and removed again, default service accounts are made, and
   * the external metrics API answers.
   * @throws {ComponentNotReady} {PortOccupied} {CertificatesFailed} {DeadlinePassed}
   */
  async start(run: Run): Promise<RunningControlPlane> {
    const { programs, node, autoscalerSync = 15_000, deadline = 60_000 } = this.#options
    const { name = 'local', addresses = [] } = node ?? {}
    const folder = join(run.data, 'kubernetes')
    const pki = join(folder, 'pki')
    await using held = new AsyncDisposableStack()
    held.defer(() => rm(folder, { recursive: true, force: true }))
    await mkdir(pki, { recursive: true, mode: 0o700 })
    const ports = await allocate(run, held)
    const url = `https://127.0.0.1:${ports.apiserver}`
    await issueCertificates(programs.certificates, pki, certificateRequests(name, addresses))
    const kubeconfigs = {
      admin: await writeKubeconfig(pki, 'admin', url),
      controllers: await writeKubeconfig(pki, 'controllers', url),
      scheduler: await writeKubeconfig(pki, 'scheduler', url),
      node: await writeKubeconfig(pki, 'node', url),
    }
    const adminCredentials = await readCredentials(pki)
    const api = held.use(new KubernetesApi(url, adminCredentials))
    const core = held.use(
      new KubernetesCore({ programs, ports, folder, kubeconfigs, api, autoscalerSync, deadline }, run),
    )
    const kubeconfig = kubeconfigs.admin
    await core.serve()
    const [keda] = await Promise.all([
      startKeda({ programs, api, pki, kubeconfig, ports, deadline }, run).then((keda) => held.use(keda)),
      core.control(),
    ])
    const all = held.move()
    return {
      url,
      kubeconfig,
      adminCredentials,
      api,
      node: {
        name,
        kubeconfig: kubeconfigs.node,
        certificate: join(pki, 'node.crt'),
        key: join(pki, 'node.key'),
        authority: join(pki, 'ca.crt'),
      },
      etcd: core.etcd,
      apiserver: core.apiserver,
      controllers: core.controllers,
      scheduler: core.scheduler,
      operator: keda.operator,
      adapter: keda.adapter,
      webhooks: keda.webhooks,
      operatorMetrics: `http://127.0.0.1:${ports.operatorMetrics}/metrics`,
      versions: programs.versions,
      [Symbol.asyncDispose]: () => all.disposeAsync(),
    }
  }
}

/** Ports of their own for all servers, given back at the end. */
async function allocate(
  run: Run,
  held: AsyncDisposableStack,
): Promise<KubernetesPorts & KedaPorts & AdmissionPorts> {
  const one = async () => held.adopt(await run.ports.allocate(), (port) => run.ports.release(port))
  return {
    etcd: await one(),
    etcdPeer: await one(),
    apiserver: await one(),
    operatorMetrics: await one(),
    operatorHealth: await one(),
    metricsService: await one(),
    adapter: await one(),
    adapterMetrics: await one(),
    webhooks: await one(),
    webhooksHealth: await one(),
  }
}
