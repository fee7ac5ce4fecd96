import { type KubernetesApi, KubernetesRefused } from './kubernetes-api.ts'

/** What a budget does not allow. */
const TOO_MANY = 429

/**
 * Asks the Eviction API to let a pod go, as `kubectl drain` does. A pod that is gone already counts as let go.
 * @returns why a budget refused it
 * @throws {KubernetesRefused} for any other reason
 */
export async function evict(api: KubernetesApi, namespace: string, pod: string): Promise<string | undefined> {
  try {
    await api.post(`/api/v1/namespaces/${namespace}/pods/${pod}/eviction`, {
      apiVersion: 'policy/v1',
      kind: 'Eviction',
      metadata: { name: pod, namespace },
    })
    return undefined
  } catch (error) {
    if (!(error instanceof KubernetesRefused)) throw error
    if (error.status === 404) return undefined
    if (error.status === TOO_MANY) return [error.said, ...error.causes].join(' ')
    throw error
  }
}
