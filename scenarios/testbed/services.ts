import { resolve } from 'node:path'
import { milliseconds } from '../../core/duration.ts'
import type { NewEvent } from '../../proof/history/event.ts'
import type { Program, Readiness, RunningService } from '../../stacks/stack.ts'
import { type ServiceConfig, serviceNamed } from '../../subjects/contract/config.ts'
import { fill } from '../../subjects/contract/placeholders.ts'
import type { RunContext } from '../run-context.ts'
import { componentUrls } from './component-urls.ts'
import { type Addresses, placeholderValues } from './placeholders.ts'

interface ServicesOptions {
  readonly context: RunContext
  readonly scenario: string
  readonly record: (event: NewEvent) => void
  readonly parts: AsyncDisposableStack
  readonly service: string
  /** Undefined for Debezium; the service's own name where the relay runs inside it. */
  readonly relay: string | undefined
  readonly serviceAddresses: Addresses
  /** One an instance of the relay; of the service, where the relay runs inside it: each instance is a relay. */
  readonly relayAddresses: readonly Addresses[]
}

/**
 * Starts the service and then its relays, each on a port of its own. Services come first: a relay may need
 * tables that its service creates. @throws {ServiceDied} {ServiceNotReady}
 */
export async function startServices(
  options: ServicesOptions,
): Promise<{ service: RunningService; relays: RunningService[] }> {
  const { context, scenario, record, parts } = options
  const start = (name: string, instance: number, addresses: Addresses) =>
    startService({ context, scenario, record, parts, name, instance, addresses })
  const { relay } = options
  const [first, ...more] = options.relayAddresses
  const inside = relay === options.service
  const service = await start(options.service, 0, { ...(inside ? first : {}), ...options.serviceAddresses })
  if (relay === undefined) return { service, relays: [] }
  if (inside) {
    // One after the other: the first makes what tables there are to be made.
    const relays = [service]
    for (const [n, addresses] of more.entries()) relays.push(await start(relay, n + 1, addresses))
    return { service, relays }
  }
  const relays = await Promise.all(
    options.relayAddresses.map((addresses, instance) => start(relay, instance, addresses)),
  )
  return { service, relays }
}

export interface ServiceOptions {
  readonly context: RunContext
  /** Short name of the scenario, before the service's in log files. */
  readonly scenario: string
  readonly record: (event: NewEvent) => void
  /** The started service ends with it. */
  readonly parts: AsyncDisposableStack
  /** A name of `config.services`. */
  readonly name: string
  readonly instance: number
  readonly addresses: Addresses
  /** Beside what the config says; placeholders allowed. */
  readonly env?: Readonly<Record<string, string>>
}

/** Starts one instance of a service on a port of its own. @throws {ServiceDied} {ServiceNotReady} */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const { context, scenario, record, parts, name, instance, addresses } = options
  const { stack, folder } = context
  const config = serviceNamed(context.config, name)
  const texts = { ...config.env, ...options.env }
  const program = programOf(config, folder)
  const from = stack.viewpoint(program)
  const port = await stack.port(program)
  const values = {
    ...(await componentUrls(stack, textsOf({ ...config, env: texts }), from)),
    ...placeholderValues(addresses, { from, port: config.port ?? port, instance }),
  }
  const env = Object.entries(texts).map(([variable, text]) => [variable, fill(text, values)])
  return parts.use(
    await stack.service({
      name: `${scenario}-${name}`,
      instance,
      program: filled(program, (word) => fill(word, values)),
      env: Object.fromEntries(env),
      ready: readiness(config.ready),
      deadline: milliseconds(config.startWithin ?? '30s'),
      port,
      on: (event) => record({ kind: 'proc', service: name, instance, ...event }),
    }),
  )
}

/** What a service of the config is run from, with its placeholders. */
export function programOf(service: ServiceConfig, folder: string): Program {
  const { image, command = [], cwd, build, entrypoint, user, port } = service
  const made = ({ context, dockerfile, ...more }: NonNullable<typeof build>) => ({
    ...more,
    context: resolve(folder, context),
    dockerfile: resolve(folder, dockerfile),
  })
  if (image === undefined)
    return { command, cwd: resolve(folder, cwd ?? '.'), ...(build && { build: made(build) }) }
  return {
    image: typeof image === 'string' ? image : made(image),
    ...(entrypoint === undefined ? {} : { entrypoint }),
    ...(command.length === 0 ? {} : { command }),
    ...(cwd === undefined ? {} : { cwd }),
    ...(user === undefined ? {} : { user }),
    ...(port === undefined ? {} : { port }),
  }
}

function filled(program: Program, fill: (word: string) => string): Program {
  const { command } = program
  const told = command ? { ...program, command: command.map(fill) } : program
  return 'image' in told && told.entrypoint ? { ...told, entrypoint: told.entrypoint.map(fill) } : told
}

/** Every text of a service that may have placeholders. */
export function textsOf({ entrypoint = [], command = [], env = {} }: ServiceConfig): readonly string[] {
  return [...entrypoint, ...command, ...Object.values(env)]
}

function readiness(ready: ServiceConfig['ready'] = { tcp: true }): Readiness {
  return 'log' in ready ? { log: new RegExp(ready.log) } : ready
}
