import type { ClusterObject } from '../stack.ts'

/** What containers of a pod run in the place of what their manifest names. */
export interface PodImage {
  /** As the node knows it. */
  readonly image: string
  /** In the place of the image's own entry point. */
  readonly command: readonly string[] | undefined
}

interface Container extends Record<string, unknown> {
  readonly image?: string
  readonly command?: readonly string[]
  readonly resources?: { readonly requests?: Readonly<Record<string, string>> }
}

/** What else is changed in a container. @param known something stands for its image */
type Fit = (container: Container, known: boolean) => Container

/**
 * What a node that is one small machine, and pulls nothing, makes of it: requests for processors go, for they are for the
 * scheduler of a production cluster. Limits stay.
 */
export const onSmallNode: Fit = ({ resources, ...container }, known) => ({
  ...container,
  resources: { ...resources, requests: { ...resources?.requests, cpu: '1m' } },
  ...(known ? { imagePullPolicy: 'Never' } : {}),
})

/** A workload whose containers run what stands for their images. */
export function withImages(
  object: ClusterObject,
  images: ReadonlyMap<string, PodImage>,
  fit: Fit = (container) => container,
): ClusterObject {
  const spec = object.spec as { readonly template?: { readonly spec?: Record<string, unknown> } } | undefined
  const pod = spec?.template?.spec
  if (pod === undefined) return object
  const fitted = (containers: unknown) =>
    (containers as readonly Container[]).map((container) => withImage(container, images, fit))
  const containers = {
    containers: fitted(pod.containers),
    ...(pod.initContainers === undefined ? {} : { initContainers: fitted(pod.initContainers) }),
  }
  return { ...object, spec: { ...spec, template: { ...spec?.template, spec: { ...pod, ...containers } } } }
}

function withImage(container: Container, images: ReadonlyMap<string, PodImage>, fit: Fit): Container {
  const known = images.get(container.image ?? '')
  return {
    ...fit(container, known !== undefined),
    ...(known === undefined ? {} : { image: known.image }),
    ...(known?.command === undefined || container.command !== undefined ? {} : { command: known.command }),
  }
}
