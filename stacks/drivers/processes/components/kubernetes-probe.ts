import { type KubernetesApi, type KubernetesObject, pathOf } from '../../../clients/kubernetes-api.ts'

const PROBE: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'eventproof-probe' },
  spec: {
    nodeSelector: { 'eventproof.dev/no-node-has-this': '' },
    containers: [{ name: 'none', image: 'none' }],
  },
}

interface Judged {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly reason?: string }[] }
}

/**
 * A pod that fits no node, applied, read back with the scheduler's judgement, and deleted.
 * @throws {Error} as long as it is not judged
 */
export async function exerciseScheduler(api: KubernetesApi, signal: AbortSignal): Promise<void> {
  await api.apply(PROBE, signal)
  const { status } = await api.get<Judged>(pathOf(PROBE), signal)
  const condition = status?.conditions?.find(({ type }) => type === 'PodScheduled')
  if (condition?.reason !== 'Unschedulable') throw new Error('the pod was taken, and not judged yet')
  await api.delete(PROBE)
}
