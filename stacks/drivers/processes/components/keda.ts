import { readFile } from 'node:fs/promises'
import { connectTo } from '../../../../core/tcp.ts'
import { until } from '../../../../core/until.ts'
import { EXTERNAL_METRICS, expectKeda } from '../../../clients/keda-probe.ts'
import { type KubernetesApi, type KubernetesObject, pathOf } from '../../../clients/kubernetes-api.ts'
import type { Run } from '../../../local/run.ts'
import type { KubernetesPrograms } from '../artifacts/kubernetes-programs.ts'
import { type AdmissionPorts, admission, webhooksFlags } from './keda-admission.ts'
import {
  adapterFlags,
  externalMetricsApi,
  KEDA_ENVIRONMENT,
  KEDA_OBJECTS,
  type KedaPorts,
  METRICS_SERVICE_OBJECT,
  operatorFlags,
} from './keda-settings.ts'
import { answers, ControlPlaneServer, type RunningServer } from './kubernetes-server.ts'

export interface KedaOptions {
  readonly programs: KubernetesPrograms
  readonly api: KubernetesApi
  /** Folder of the control plane's certificates. */
  readonly pki: string
  readonly kubeconfig: string
  readonly ports: KedaPorts & AdmissionPorts
  /** Milliseconds, for each step. */
  readonly deadline: number
}

export interface RunningKeda extends AsyncDisposable {
  /** Watches ScaledObjects, asks the triggers, scales between 0 and 1, and makes the HPA that does the rest. */
  readonly operator: RunningServer
  /** Answers the HPA's questions for external metrics. */
  readonly adapter: RunningServer
  /** Refuses objects that the operator could make nothing of. */
  readonly webhooks: RunningServer
}

/**
 * KEDA's operator, metrics adapter and admission webhooks in a control plane that answers already.
 * @throws {ComponentNotReady} {PortOccupied} {DeadlinePassed}
 */
export async function startKeda(options: KedaOptions, run: Run): Promise<RunningKeda> {
  const authority = await readFile(`${options.pki}/ca.crt`, 'utf8')
  const operator = operatorOf(options, run)
  const adapter = adapterOf(options, authority, run)
  const webhooks = webhooksOf(options, authority, run)
  const dispose = async () => {
    await Promise.all([operator, adapter, webhooks].map((server) => server[Symbol.asyncDispose]()))
  }
  try {
    await Promise.all(KEDA_OBJECTS.map((object) => applied(options, object)))
    await options.api.apply(METRICS_SERVICE_OBJECT)
    // In this order: an operator that finds no ScaledObject defined looks again only after ten seconds, and an adapter
    // that finds no operator waits longer after each time.
    await define(options)
    await Promise.all([operator.begin(), webhooks.begin()])
    await adapter.begin()
    await expectKeda(options.api, options.deadline)
    return { operator, adapter, webhooks, [Symbol.asyncDispose]: dispose }
  } catch (error) {
    await dispose()
    throw error
  }
}

/** KEDA's resource definitions, until the API server serves them. */
async function define(options: KedaOptions): Promise<void> {
  const definitions: KubernetesObject[] = JSON.parse(await readFile(options.programs.definitions, 'utf8'))
  await Promise.all(
    definitions.map(async (definition) => {
      await applied(options, definition)
      await until((signal) => established(options.api, definition, signal), {
        what: `${definition.metadata.name} to be established`,
        deadline: options.deadline,
      })
    }),
  )
}

interface Conditioned {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] }
}

async function established(api: KubernetesApi, definition: KubernetesObject, signal: AbortSignal) {
  const { status } = await api.get<Conditioned>(pathOf(definition), signal)
  return status?.conditions?.some(({ type, status }) => type === 'Established' && status === 'True')
}

function applied({ api, deadline }: KedaOptions, object: KubernetesObject): Promise<KubernetesObject> {
  const what = `the API server to take ${object.kind} ${object.metadata.name}`
  return until((signal) => api.apply(object, signal), { what, deadline })
}

function operatorOf(
  { programs, pki, kubeconfig, ports, deadline }: KedaOptions,
  run: Run,
): ControlPlaneServer {
  return new ControlPlaneServer(
    {
      name: 'keda-operator',
      command: [...programs.commands['keda-operator'], ...operatorFlags(ports, pki, kubeconfig)],
      env: KEDA_ENVIRONMENT,
      ports: [ports.operatorMetrics, ports.operatorHealth, ports.metricsService],
      what: 'the operator to be ready and to serve metrics',
      ready: async (signal) => {
        await answers(`http://127.0.0.1:${ports.operatorHealth}/readyz`, signal)
        await connectTo(ports.metricsService, signal)
      },
      deadline,
    },
    run,
  )
}

function adapterOf(options: KedaOptions, authority: string, run: Run): ControlPlaneServer {
  const { programs, api, pki, kubeconfig, ports, deadline } = options
  const server: ControlPlaneServer = new ControlPlaneServer(
    {
      name: 'keda-adapter',
      command: [...programs.commands['keda-adapter'], ...adapterFlags(ports, pki, kubeconfig)],
      env: KEDA_ENVIRONMENT,
      ports: [ports.adapter, ports.adapterMetrics],
      what: 'the external metrics API to answer through the API server',
      ready: async (signal) => {
        await connectTo(ports.adapter, signal)
        await api.apply(externalMetricsApi(ports.adapter, authority, String(server.pid)), signal)
        await api.get(EXTERNAL_METRICS, signal)
      },
      deadline,
    },
    run,
  )
  return server
}

function webhooksOf(options: KedaOptions, authority: string, run: Run): ControlPlaneServer {
  const { programs, api, pki, kubeconfig, ports, deadline } = options
  return new ControlPlaneServer(
    {
      name: 'keda-webhooks',
      command: [...programs.commands['keda-webhooks'], ...webhooksFlags(ports, pki, kubeconfig)],
      env: KEDA_ENVIRONMENT,
      ports: [ports.webhooks, ports.webhooksHealth],
      what: 'the admission webhooks to listen',
      ready: async (signal) => {
        await answers(`http://127.0.0.1:${ports.webhooksHealth}/readyz`, signal)
        await connectTo(ports.webhooks, signal)
        await api.apply(admission(ports.webhooks, authority), signal)
      },
      deadline,
    },
    run,
  )
}
