import type { ClusterObject } from '../../../stack.ts'
import type { PodImage } from './pod-images.ts'

interface Container extends Record<string, unknown> {
  readonly image?: string
  readonly command?: readonly string[]
  readonly resources?: { readonly requests?: Readonly<Record<string, string>> }
}

/**
 * A workload whose containers run what stands for their images. Their requests for processors go: they are for the
 * scheduler of a production cluster, and this node is one small machine. Limits stay.
 */
export function withImages(object: ClusterObject, images: ReadonlyMap<string, PodImage>): ClusterObject {
  const spec = object.spec as { readonly template?: { readonly spec?: Record<string, unknown> } } | undefined
  const pod = spec?.template?.spec
  if (pod === undefined) return object
  const fitted = (containers: unknown) =>
    (containers as readonly Container[]).map((container) => withImage(container, images))
  const containers = {
    containers: fitted(pod.containers),
    ...(pod.initContainers === undefined ? {} : { initContainers: fitted(pod.initContainers) }),
  }
  return { ...object, spec: { ...spec, template: { ...spec?.template, spec: { ...pod, ...containers } } } }
}

function withImage(container: Container, images: ReadonlyMap<string, PodImage>): Container {
  const { resources } = container
  const known = images.get(container.image ?? '')
  return {
    ...container,
    resources: { ...resources, requests: { ...resources?.requests, cpu: '1m' } },
    ...(known === undefined ? {} : { image: known.image, imagePullPolicy: 'Never' }),
    ...(known?.command === undefined || container.command !== undefined ? {} : { command: known.command }),
  }
}
