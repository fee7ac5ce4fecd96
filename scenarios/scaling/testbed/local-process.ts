import type { Database } from '../../../stacks/stack.ts'
import type { ServiceConfig } from '../../../subjects/contract/index.ts'
import { fill } from '../../../subjects/contract/placeholders.ts'
import { placeholderValues } from '../../testbed/placeholders.ts'
import { CONTAINER_PORT } from './workload-containers.ts'

/** All pods share this machine: the node gives each container a port of its own, and tells it in this variable. */
export const PORT_VARIABLE = 'EVENTPROOF_PORT'

export interface LocalProcessOptions {
  readonly database: Database
  readonly kafka: string
  readonly topicPrefix: string
  /** Environment beside the service's own; placeholders allowed. */
  readonly more: Readonly<Record<string, string>>
  readonly cwd: string
}

/** Texts are as Kubernetes reads them: `$(EVENTPROOF_PORT)` where `{port}` was, and `$$` for a `$`. */
export interface ServiceProcess {
  readonly command: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** Fills in a text with placeholders what this scenario has for them. */
  readonly fill: (text: string) => string
}

/** A workload's service as a process: what stands for its images, and what its containers find in their environment. */
export function localProcess(
  service: ServiceConfig,
  { database, kafka, topicPrefix, more, cwd }: LocalProcessOptions,
): ServiceProcess {
  const values = placeholderValues({ database, kafka, topicPrefix }, { port: CONTAINER_PORT, instance: 0 })
  const escaped = Object.entries(values).map(([name, value]) => [name, literal(value)])
  const known = { ...Object.fromEntries(escaped), port: `$(${PORT_VARIABLE})` }
  const filled = (text: string) => fill(literal(text), known)
  const env = Object.entries({ ...service.env, ...more })
  return {
    command: service.command.map(filled),
    cwd,
    env: Object.fromEntries(env.map(([name, text]) => [name, filled(text)])),
    fill: filled,
  }
}

function literal(text: string): string {
  return text.replaceAll('$', '$$$$')
}
