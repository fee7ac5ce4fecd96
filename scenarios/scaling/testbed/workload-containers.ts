import type { Manifest } from '../../../lint/manifest.ts'

/** Where a container listens that declares no port. */
export const CONTAINER_PORT = 8080

/** A container of the scaled Deployment. */
export interface WorkloadContainer {
  readonly name: string
  readonly image: string
  /** The first one that it declares. */
  readonly port: number
  /** What the config says stands for its image; undefined: it is the service's own. */
  readonly command: readonly string[] | undefined
  /** It is the consumer's service, and gets what the config gives that: not what runs beside it. */
  readonly service: boolean
  readonly line: number
}

/** @param images of the config: image name → command; a name without a tag stands for all tags */
export function containersOf(
  deployment: Manifest,
  images: Readonly<Record<string, readonly string[]>> = {},
): readonly WorkloadContainer[] {
  const containers = deployment.root.get('spec', 'template', 'spec', 'containers').items()
  const all = containers.map((container) => {
    const image = container.get('image').text ?? ''
    return {
      name: container.get('name').text ?? '',
      image,
      port: Number(container.get('ports').items()[0]?.get('containerPort').value ?? CONTAINER_PORT),
      command: images[image] ?? images[image.replace(/@.*$|:[^:/]*$/, '')],
      line: container.line,
    }
  })
  const mapped = all.every(({ command }) => command !== undefined)
  return all.map((each) => ({ ...each, service: mapped || each.command === undefined }))
}
