import type { V1Container, V1Pod } from '@kubernetes/client-node'
import { usersPath } from '../../../../core/users-path.ts'
import type { Variables } from './environment.ts'
import { expand } from './expansion.ts'
import { type LocalImage, portNumber } from './local-image.ts'
import { type Refusal, refusal } from './refusal.ts'

/** Container port → the port of this machine on which it is. */
export type LocalPorts = ReadonlyMap<number, number>

export interface ProcessSpec {
  readonly command: readonly [string, ...string[]]
  readonly cwd: string
  /** The whole environment. */
  readonly env: Variables
}

/** The container ports that get a port of their own on this machine. */
export function mappedPorts(container: V1Container, image: LocalImage): readonly number[] | Refusal {
  const numbers: number[] = []
  for (const [variable, port] of Object.entries(image.ports ?? {})) {
    const number = portNumber(container, port)
    if (number === undefined) {
      return refusal(
        `${variable} is to carry port "${port}", which container ${container.name} does not declare`,
      )
    }
    numbers.push(number)
  }
  return [...new Set(numbers)]
}

/**
 * The process of a container: the image's entrypoint or the container's own command, its arguments, and nothing of
 * our own environment but where programs and the home folder are.
 */
export function processSpec(
  pod: V1Pod,
  container: V1Container,
  image: LocalImage,
  variables: Variables,
  ports: LocalPorts,
): ProcessSpec | Refusal {
  const own = container.command?.length ? container.command : image.command
  const command = [...own, ...(container.args ?? [])].map((word) => expand(word, variables))
  const [program, ...rest] = command
  if (!program) {
    return refusal(`neither image "${container.image}" nor container ${container.name} names a command`)
  }
  return {
    command: [program, ...rest],
    cwd: container.workingDir ?? image.cwd,
    env: {
      ...machine(),
      HOSTNAME: pod.metadata?.name ?? '',
      ...image.env,
      ...variables,
      ...listening(container, image, ports),
    },
  }
}

/** The variables that carry the ports of this machine on which a container's ports are. */
export function listening(container: V1Container, image: LocalImage, ports: LocalPorts): Variables {
  const told = Object.entries(image.ports ?? {}).flatMap(([variable, port]) => {
    const local = ports.get(portNumber(container, port) ?? 0)
    return local === undefined ? [] : [[variable, String(local)]]
  })
  return Object.fromEntries(told)
}

function machine(): Variables {
  const { HOME = '/', TMPDIR, NODE_COMPILE_CACHE } = process.env
  return {
    PATH: usersPath(),
    HOME,
    ...(TMPDIR ? { TMPDIR } : {}),
    // Of no consequence but for the time that a program of Node takes to start.
    ...(NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE } : {}),
  }
}
