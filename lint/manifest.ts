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
