import { resolve } from 'node:path'
import type { ServiceConfig } from '../config.ts'
import type { ComposeFile } from './compose-file.ts'
import { type ComposeService, pairsOf, portsOf } from './compose-service.ts'
import { ComposeUnfit } from './compose-unfit.ts'
import { portAsked } from './health-check.ts'

/** The image that it is run from, or how that is made. @throws {ComposeUnfit} */
export function imageOf(
  at: string,
  file: ComposeFile,
  { image, build }: ComposeService,
): NonNullable<ServiceConfig['image']> {
  if (build === undefined) {
    if (image !== undefined) return image
    throw new ComposeUnfit(`${at}: nothing says what is run`, {
      what: 'its service in the compose file has neither `image` nor `build`',
      where: file.path,
    })
  }
  const {
    context = '.',
    dockerfile = 'Dockerfile',
    dockerfile_inline: inline,
    target,
    args,
  } = build as {
    readonly context?: string
    readonly dockerfile?: string
    readonly dockerfile_inline?: string
    readonly target?: string
    readonly args?: Parameters<typeof pairsOf>[0]
  }
  if (inline !== undefined || /^\w+:\/\/|^git@/.test(context))
    throw new ComposeUnfit(`${at}: its image can not be built here`, {
      what: inline === undefined ? `the context is ${context}` : 'its Dockerfile stands in the compose file',
      where: file.path,
      hint: `build it by \`docker compose build\`, and give its name: ${at}: { image: '…' }`,
    })
  const folder = resolve(file.folder, context)
  const known = Object.entries(pairsOf(args)).map(([name, value]) => [
    name,
    value ?? file.variables.values[name] ?? '',
  ])
  return {
    context: folder,
    dockerfile: resolve(folder, dockerfile),
    ...(target === undefined ? {} : { target }),
    ...(known.length === 0 ? {} : { args: Object.fromEntries(known) }),
  }
}

/** The port on which it listens inside. @throws {ComposeUnfit} where that may be several */
export function portOf(
  at: string,
  file: ComposeFile,
  service: string,
  found: ComposeService,
): number | undefined {
  const ports = portsOf(found)
  const asked = portAsked(found)
  if (asked !== undefined && (ports.length === 0 || ports.includes(asked))) return asked
  if (ports.length < 2) return ports[0]
  throw new ComposeUnfit(`${at}: which port ${service} answers at is not said`, {
    what: `the compose file has ${ports.join(', ')}`,
    where: file.path,
    hint: `add \`port: ${ports[0]}\` to ${at}`,
  })
}
