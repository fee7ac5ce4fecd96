import type { Field } from './field.ts'

/** One Kubernetes object of a file. */
export interface Manifest {
  readonly file: string
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  /** `default` where it names none. */
  readonly namespace: string
  readonly root: Field
}

/** What KEDA 2 serves. */
export const KEDA_API = 'keda.sh/v1alpha1'
export const KEDA_KINDS: readonly string[] = [
  'ScaledObject',
  'ScaledJob',
  'TriggerAuthentication',
  'ClusterTriggerAuthentication',
]

/** The group of an apiVersion: `apps/v1` → `apps`; the core group is empty. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
}

export function manifestOf(file: string, root: Field, kind: string, apiVersion: string): Manifest {
  return {
    file,
    apiVersion,
    kind,
    name: root.get('metadata', 'name').text ?? '',
    namespace: root.get('metadata', 'namespace').text ?? 'default',
    root,
  }
}

/** The file of a kustomization needs no kind: its name says what it is. */
export function kustomizationOf(file: string, root: Field): Manifest | undefined {
  if (root.kind !== 'mapping' || !/(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(file)) return undefined
  return manifestOf(file, root, 'Kustomization', 'kustomize.config.k8s.io/v1beta1')
}
