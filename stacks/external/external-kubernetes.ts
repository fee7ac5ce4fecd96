import { messageOf } from '../../core/error.ts'
import { until } from '../../core/until.ts'
import { expectKeda } from '../clients/keda-probe.ts'
import type { KubernetesApi } from '../clients/kubernetes-api.ts'
import type { Capability, RunningKubernetes } from '../stack.ts'
import { reachFromCluster } from './broker-probe.ts'
import { EVICT, inWords, may, NEEDED } from './cluster-rights.ts'
import { openExternalNamespace } from './external-namespace.ts'
import { type ExternalParts, ExternalUnfit } from './external-parts.ts'
import { type NamedCluster, readKubeconfig } from './kubeconfig.ts'
import { notOurs } from './not-ours.ts'

/** Milliseconds for KEDA to answer one question. */
const ANSWER = 20_000
/** Milliseconds for namespaces to be gone, with all that is in them. */
const GONE = 60_000

export interface ExternalKubernetes extends AsyncDisposable {
  readonly kubernetes: RunningKubernetes
  readonly server: string
  readonly versions: Readonly<Record<string, string>>
  /** What can be done there, and what can not, each with why. */
  readonly capabilities: readonly Capability[]
  readonly lacking: ReadonlyMap<Capability, string>
  ask(): Promise<unknown>
  /** Has the cluster's KEDA ask the broker, in a namespace of ours. @throws {ExternalUnfit} where it does not reach it */
  reaches(bootstrapServers: string): Promise<void>
}

type Named = NonNullable<ExternalParts['kubernetes']>

/**
 * Asks a cluster whether it has KEDA, and what we may do there. Nothing is written. Disposed, it removes the namespaces
 * that begin with the prefix, and nothing else.
 * @throws {ExternalUnfit}
 */
export async function externalKubernetes(
  { kubeconfig, context }: Named,
  prefix: string,
): Promise<ExternalKubernetes> {
  const cluster = await readKubeconfig(kubeconfig, context)
  const { api, server, text } = cluster
  const versions = await probed(cluster)
  const lacking = new Map<Capability, string>([
    ['kill-pod', `nobody kills processes in the nodes of the cluster at ${server}: they are not ours`],
    ['kill-metrics-adapter', `KEDA at ${server} serves others, too: it is not killed`],
    ['drain-node', `the nodes of the cluster at ${server} are not ours: none is emptied`],
    ['limit-memory', `the nodes of the cluster at ${server} are not ours: no memory is used up there`],
    ['reached-by-pods', `what runs in the cluster at ${server} does not reach this tool`],
  ])
  const evicts = await may(api, EVICT)
  if (!evicts) lacking.set('evict-pod', `the user of ${server} may not ${inWords(EVICT)}`)
  return {
    kubernetes: {
      kubeconfig: text,
      metricsAdapter: notOurs('keda-adapter', server),
      namespace: (name, on = () => {}) => openExternalNamespace(cluster, name, on),
    },
    server,
    versions,
    capabilities: ['kubernetes', ...(evicts ? (['evict-pod'] as const) : [])],
    lacking,
    ask: () => api.get('/version'),
    reaches: (bootstrapServers) => reachFromCluster(cluster, bootstrapServers, prefix),
    async [Symbol.asyncDispose]() {
      await removeNamed(api, prefix)
      api[Symbol.dispose]()
    },
  }
}

/** @returns versions of what is there @throws {ExternalUnfit} */
async function probed({ api, server }: NamedCluster): Promise<Readonly<Record<string, string>>> {
  const where = `stack.kubernetes.kubeconfig, ${server}`
  const { gitVersion } = await api.get<{ readonly gitVersion: string }>('/version').catch((cause) => {
    throw new ExternalUnfit('the cluster of the config can not be asked', {
      what: messageOf(cause),
      where,
      hint: 'try it: kubectl --kubeconfig FILE get namespaces',
      cause,
    })
  })
  await api.get('/apis/keda.sh/v1alpha1').catch((cause) => {
    throw new ExternalUnfit('the cluster of the config has no KEDA', {
      what: `it does not know keda.sh/v1alpha1: ${messageOf(cause)}`,
      where,
      hint: 'install it: https://keda.sh/docs/latest/deploy',
      cause,
    })
  })
  await expectKeda(api, ANSWER).catch((cause) => {
    throw new ExternalUnfit('KEDA of the cluster of the config does not answer', {
      what: messageOf(cause),
      where,
      hint: 'try it: kubectl get apiservice v1beta1.external.metrics.k8s.io',
      cause,
    })
  })
  const allowed = await Promise.all(NEEDED.map((right) => may(api, right)))
  const refused = NEEDED.filter((_, n) => !allowed[n])
  if (refused.length > 0)
    throw new ExternalUnfit('the user of the cluster of the config may not do what a scenario needs', {
      what: `not allowed: ${refused.map(inWords).join(', ')}`,
      where,
      hint: 'give it a ClusterRole with these: each scenario has a namespace of its own, which is removed afterwards',
    })
  const keda = await kedaVersion(api)
  return { kubernetes: `${gitVersion}, by address: ${server}`, ...(keda === undefined ? {} : { keda }) }
}

/** Of KEDA's own manifests; undefined where it was installed in another way, or may not be looked at. */
async function kedaVersion(api: KubernetesApi): Promise<string | undefined> {
  interface Labelled {
    readonly metadata: { readonly labels?: Readonly<Record<string, string>> }
  }
  const path = '/apis/apps/v1/namespaces/keda/deployments/keda-operator'
  const operator = await api.get<Labelled>(path).catch(() => undefined)
  return /^v?(\d+\.\d+\.\d+)/.exec(operator?.metadata.labels?.['app.kubernetes.io/version'] ?? '')?.[1]
}

/** Removes the namespaces that begin with the prefix, and nothing else. @returns how many */
export async function removeFromKubernetes({ kubeconfig, context }: Named, prefix: string): Promise<number> {
  const { api } = await readKubeconfig(kubeconfig, context)
  using _ = api
  return removeNamed(api, prefix)
}

async function removeNamed(api: KubernetesApi, prefix: string): Promise<number> {
  const left = async () => {
    const { items } = await api.get<Listed>('/api/v1/namespaces')
    return items.map(({ metadata }) => metadata.name).filter((name) => name.startsWith(prefix))
  }
  const own = await left()
  await Promise.all(
    own.map((name) => api.delete({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, 'own')),
  )
  // KEDA has to let go of its objects first.
  await until(async () => (await left()).length === 0, {
    what: `the namespaces ${prefix}… to be gone`,
    deadline: GONE,
    every: 500,
  })
  return own.length
}

interface Listed {
  readonly items: readonly { readonly metadata: { readonly name: string } }[]
}
