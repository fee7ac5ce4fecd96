import { join } from 'node:path'
import type { KubernetesApi } from '../../../clients/kubernetes-api.ts'
import type { Run } from '../../../local/run.ts'
import type { KubernetesPrograms, KubernetesRole } from '../artifacts/kubernetes-programs.ts'
import type { KubernetesUser } from './kubeconfig.ts'
import { exerciseScheduler } from './kubernetes-probe.ts'
import { answers, ControlPlaneServer } from './kubernetes-server.ts'
import {
  apiserverFlags,
  controllerFlags,
  etcdFlags,
  type KubernetesPorts,
  schedulerFlags,
} from './kubernetes-settings.ts'

export interface CoreOptions {
  readonly programs: KubernetesPrograms
  readonly ports: KubernetesPorts
  /** Of this control plane: certificates in `pki`, data in `etcd`. */
  readonly folder: string
  readonly kubeconfigs: Readonly<Record<KubernetesUser, string>>
  readonly api: KubernetesApi
  /** Milliseconds. */
  readonly autoscalerSync: number
  readonly deadline: number
}

/** etcd and Kubernetes' three servers. */
export class KubernetesCore implements AsyncDisposable {
  readonly etcd: ControlPlaneServer
  readonly apiserver: ControlPlaneServer
  readonly controllers: ControlPlaneServer
  readonly scheduler: ControlPlaneServer

  constructor(
    { programs, ports, folder, kubeconfigs, api, autoscalerSync, deadline }: CoreOptions,
    run: Run,
  ) {
    const pki = join(folder, 'pki')
    const server = (
      name: KubernetesRole,
      flags: readonly string[],
      listens: readonly number[],
      what: string,
      ready: (signal: AbortSignal) => Promise<unknown>,
    ) => {
      const command = [...programs.commands[name], ...flags] as const
      return new ControlPlaneServer({ name, command, ports: listens, what, ready, deadline }, run)
    }
    this.etcd = server(
      'etcd',
      etcdFlags(ports, join(folder, 'etcd')),
      [ports.etcd, ports.etcdPeer],
      'etcd to be healthy',
      (signal) => answers(`http://127.0.0.1:${ports.etcd}/health`, signal),
    )
    this.apiserver = server(
      'kube-apiserver',
      apiserverFlags(ports, pki),
      [ports.apiserver],
      'the API server to be ready',
      (signal) => api.get('/readyz', signal),
    )
    this.controllers = server(
      'kube-controller-manager',
      controllerFlags(pki, kubeconfigs.controllers, autoscalerSync),
      [],
      'the default service account to be made',
      (signal) => api.get('/api/v1/namespaces/default/serviceaccounts/default', signal),
    )
    this.scheduler = server(
      'kube-scheduler',
      schedulerFlags(kubeconfigs.scheduler),
      [],
      'the scheduler to judge a pod',
      (signal) => exerciseScheduler(api, signal),
    )
  }

  /** Resolves when the API server is ready. Beside etcd it could start, too, but sleeps a second when it comes first. */
  async serve(): Promise<void> {
    await this.etcd.begin()
    await this.apiserver.begin()
  }

  /** Resolves when a pod that no node can take was found to be such, which takes all four servers. */
  async control(): Promise<void> {
    await Promise.all([this.controllers.begin(), this.scheduler.begin()])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { etcd, apiserver, controllers, scheduler } = this
    await Promise.all([etcd, apiserver, controllers, scheduler].map((one) => one[Symbol.asyncDispose]()))
  }
}
