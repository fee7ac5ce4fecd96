import type { V1Container } from '@kubernetes/client-node'

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

/** The number of a container's port, by its name, its number or its number in words. */
export function portNumber(container: V1Container, port: string | number): number | undefined {
  const declared = container.ports?.find(({ name }) => name === port)
  if (declared) return declared.containerPort
  const number = Number(port)
  return Number.isInteger(number) && number > 0 && number < 65_536 ? number : undefined
}
