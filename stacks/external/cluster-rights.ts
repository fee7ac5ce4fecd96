import type { KubernetesApi } from '../clients/kubernetes-api.ts'

/** Something that somebody may do in any namespace. */
interface Right {
  readonly verb: string
  readonly resource: string
  readonly group?: string
  readonly subresource?: string
}

/** Without these no scenario can have its workload there. */
export const NEEDED: readonly Right[] = [
  { verb: 'create', resource: 'namespaces' },
  { verb: 'patch', resource: 'namespaces' },
  { verb: 'delete', resource: 'namespaces' },
  { verb: 'list', resource: 'namespaces' },
  { verb: 'patch', resource: 'deployments', group: 'apps' },
  { verb: 'patch', resource: 'scaledobjects', group: 'keda.sh' },
  { verb: 'watch', resource: 'pods' },
  { verb: 'watch', resource: 'events' },
]

export const EVICT: Right = { verb: 'create', resource: 'pods', subresource: 'eviction' }

/** Whether the API server would let us: it is asked, and nothing is done. @throws {KubernetesRefused} */
export async function may(api: KubernetesApi, right: Right): Promise<boolean> {
  const { status } = await api.post<{ readonly status: { readonly allowed: boolean } }>(
    '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      metadata: { name: '' },
      spec: { resourceAttributes: right },
    },
  )
  return status.allowed
}

export function inWords({ verb, resource, group, subresource }: Right): string {
  return `${verb} ${resource}${subresource ? `/${subresource}` : ''}${group ? `.${group}` : ''}`
}
