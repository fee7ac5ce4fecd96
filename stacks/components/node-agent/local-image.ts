import type { V1Container } from '@kubernetes/client-node'
import { type Refusal, refusal } from './refusal.ts'

/** What stands for an image: the process that its containers run. */
export interface LocalImage {
  /** The entrypoint: what a container runs that names no `command` of its own; its `args` follow. */
  readonly command: readonly string[]
  /** Where it runs when the container names no `workingDir`. */
  readonly cwd: string
  /** The image's own environment: the pod's wins. */
  readonly env?: Readonly<Record<string, string>>
  /**
   * Environment variable → the container port (name or number) that it must carry. All pods of a node share this
   * machine's loopback, so that two replicas cannot listen on one port: each gets a port of its own in this variable,
   * which wins over the pod's own value, and probes go there.
   */
  readonly ports?: Readonly<Record<string, string | number>>
}

/** Name → what stands for it; a name without a tag stands for all tags. */
export type LocalImages = ReadonlyMap<string, LocalImage>

export function imageNamed(images: LocalImages, name: string): LocalImage | Refusal {
  const found = images.get(name) ?? images.get(withoutTag(name))
  if (found) return found
  const known = images.size === 0 ? 'none is' : `mapped are ${[...images.keys()].join(', ')}`
  return refusal(
    `image "${name}" is not mapped to a command, and this node runs pods as local processes (${known}); ` +
      `map it: images: { '${name}': { command: ['node', 'main.js'], cwd: '.' } }`,
    'ErrImageNeverPull',
  )
}

/** The number of a container's port, by its name, its number or its number in words. */
export function portNumber(container: V1Container, port: string | number): number | undefined {
  const declared = container.ports?.find(({ name }) => name === port)
  if (declared) return declared.containerPort
  const number = Number(port)
  return Number.isInteger(number) && number > 0 && number < 65_536 ? number : undefined
}

function withoutTag(name: string): string {
  const [repository = name] = name.split('@')
  const colon = repository.lastIndexOf(':')
  return colon > repository.lastIndexOf('/') ? repository.slice(0, colon) : repository
}
