import type { Environment } from './environment.ts'
import { groupOf, type Manifest } from './manifest.ts'
import type { Manifests } from './manifests.ts'

/** What a ScaledObject, or an autoscaler, says that it scales. */
export interface Target {
  readonly apiVersion: string
  readonly group: string
  readonly kind: string
  readonly name: string
  readonly namespace: string
}

/** Reads a `scaleTargetRef`; Kubernetes' and KEDA's default is a Deployment. */
export function targetOf({ namespace, root }: Manifest): Target {
  const reference = root.get('spec', 'scaleTargetRef')
  const apiVersion = reference.get('apiVersion').text || 'apps/v1'
  return {
    apiVersion,
    group: groupOf(apiVersion),
    kind: kindOf(reference.get('kind').text || 'Deployment'),
    name: reference.get('name').text ?? '',
    namespace,
  }
}

/** Kubernetes finds its own kinds however they are capitalised. */
function kindOf(written: string): string {
  const known = ['Deployment', 'StatefulSet', 'ReplicaSet', 'DaemonSet']
  return known.find((kind) => kind.toLowerCase() === written.toLowerCase()) ?? written
}

export function sameTarget(one: Target, other: Target): boolean {
  return (
    one.name === other.name &&
    one.namespace === other.namespace &&
    one.kind === other.kind &&
    one.group === other.group
  )
}

/** The manifest of a target, where it is among those given. */
export function workloadOf(target: Target, manifests: Manifests): Manifest | undefined {
  return manifests
    .ofKind(target.kind)
    .find(
      ({ name, namespace, apiVersion }) =>
        name === target.name && namespace === target.namespace && groupOf(apiVersion) === target.group,
    )
}

/** Of the named container, else of the first one, as KEDA chooses it for `…FromEnv`. */
export function environmentOf(workload: Manifest | undefined, container: string | undefined): Environment {
  const containers = workload?.root.get('spec', 'template', 'spec', 'containers').items() ?? []
  const chosen =
    container === undefined ? containers[0] : containers.find((each) => each.get('name').text === container)
  if (chosen === undefined) return { values: new Map(), complete: false }
  const variables = chosen.get('env').items()
  return {
    values: new Map(variables.map((each) => [each.get('name').text ?? '', each.get('value').text])),
    complete: !chosen.get('envFrom').present,
  }
}
