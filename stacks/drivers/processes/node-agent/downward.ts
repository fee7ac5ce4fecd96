import type { V1Pod } from '@kubernetes/client-node'

/** Where a node's pods are reached. */
export const LOOPBACK = '127.0.0.1'

/** The value of a `fieldRef`; undefined for a path that the downward API does not have. */
export function fieldOf(pod: V1Pod, path: string): string | undefined {
  const keyed = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path)
  if (keyed) return pod.metadata?.[keyed[1] as 'labels' | 'annotations']?.[keyed[2] as string] ?? ''
  const fields: Record<string, string | undefined> = {
    'metadata.name': pod.metadata?.name,
    'metadata.namespace': pod.metadata?.namespace,
    'metadata.uid': pod.metadata?.uid,
    'spec.nodeName': pod.spec?.nodeName,
    'spec.serviceAccountName': pod.spec?.serviceAccountName,
    'status.hostIP': LOOPBACK,
    'status.hostIPs': LOOPBACK,
    'status.podIP': LOOPBACK,
    'status.podIPs': LOOPBACK,
  }
  return Object.hasOwn(fields, path) ? (fields[path] ?? '') : undefined
}
