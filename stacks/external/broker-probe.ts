import { Kafka, logLevel } from 'kafkajs'
import { DeadlinePassed, until } from '../../core/until.ts'
import type { KubernetesObject } from '../clients/kubernetes-api.ts'
import { ExternalUnfit } from './external-parts.ts'
import type { NamedCluster } from './kubeconfig.ts'

/** Milliseconds for KEDA to see what waits at a broker, or to say why it can not. */
const LOOKED = 60_000
/** What it says where no connection came about. */
const UNREACHED = /run out of available brokers|dial tcp|no such host|connection refused|i\/o timeout/

interface Scaled {
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[]
  }
}

interface Told {
  readonly items: readonly { readonly reason?: string; readonly message?: string }[]
}

/**
 * Has KEDA make a scaler for a topic of ours on which one record waits, in a namespace that is removed afterwards. Its
 * workload has a pod that no node takes: it needs no image, and what KEDA says of the broker it says from inside the
 * cluster.
 * @throws {ExternalUnfit} where it does not see the record
 */
export async function reachFromCluster(
  { api, server }: NamedCluster,
  bootstrapServers: string,
  prefix: string,
): Promise<void> {
  const name = `${prefix}probe`
  const itself = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }
  const unfit = (what: string) =>
    new ExternalUnfit('the cluster of the config does not reach the broker of the config', {
      what,
      where: `stack.kafka.bootstrapServers, ${bootstrapServers}`,
      hint: 'give an address that its pods reach, and under which the broker advertises itself',
    })
  await writeRecord(bootstrapServers, name)
  await api.apply(itself)
  let said = 'nothing'
  const seen = async () => {
    const path = `/apis/keda.sh/v1alpha1/namespaces/${name}/scaledobjects/probe`
    const { status } = await api.get<Scaled>(path)
    if (status?.conditions?.some(({ type, status }) => type === 'Active' && status === 'True')) return true
    const { items } = await api.get<Told>(`/api/v1/namespaces/${name}/events`)
    const failed = items.findLast(({ reason }) => reason === 'KEDAScalerFailed')
    said = failed?.message ?? said
    return UNREACHED.test(said) ? 'failed' : undefined
  }
  try {
    for (const object of probe(name, bootstrapServers)) await api.apply(object)
    const what = `KEDA at ${server} to see the record that waits`
    if ((await until(seen, { what, deadline: LOOKED, every: 250 })) === true) return
    throw unfit(`KEDA said: ${said}`)
  } catch (error) {
    if (!(error instanceof DeadlinePassed)) throw error
    throw unfit(`KEDA saw no record within ${LOOKED / 1000} s, and said: ${said}`)
  } finally {
    await api.delete(itself, 'own').catch(() => {})
  }
}

async function writeRecord(bootstrapServers: string, topic: string): Promise<void> {
  const brokers = bootstrapServers.split(',')
  const client = new Kafka({ clientId: 'eventproof', brokers, logLevel: logLevel.NOTHING })
  const admin = client.admin()
  const producer = client.producer()
  try {
    await Promise.all([admin.connect(), producer.connect()])
    await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true })
    await producer.send({ topic, messages: [{ value: 'does it wait?' }] })
  } finally {
    await Promise.all([admin.disconnect(), producer.disconnect()])
  }
}

function probe(name: string, bootstrapServers: string): readonly KubernetesObject[] {
  const metadata = { name: 'probe', namespace: name }
  const labels = { app: 'probe' }
  const pod = {
    nodeSelector: { 'eventproof/none': name },
    containers: [{ name: 'none', image: 'eventproof/none' }],
  }
  const kafka = { bootstrapServers, topic: name, consumerGroup: name, offsetResetPolicy: 'earliest' }
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: pod },
      },
    },
    {
      apiVersion: 'keda.sh/v1alpha1',
      kind: 'ScaledObject',
      metadata,
      spec: {
        scaleTargetRef: { name: 'probe' },
        pollingInterval: 1,
        minReplicaCount: 0,
        maxReplicaCount: 1,
        triggers: [{ type: 'kafka', metadata: { ...kafka, lagThreshold: '1' } }],
      },
    },
  ]
}
