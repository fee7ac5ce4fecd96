import type { Database } from '../../stacks/stack.ts'
import type { ServiceConfig } from '../../subjects/contract/index.ts'
import { fill } from '../../subjects/contract/placeholders.ts'
import { placeholderValues } from '../laboratory/placeholders.ts'
import { CONTAINER_PORT } from './fitted-objects.ts'

export interface LocalProcessOptions {
  readonly database: Database
  readonly kafka: string
  readonly topicPrefix: string
  /** Environment beside the service's own; placeholders allowed. */
  readonly more: Readonly<Record<string, string>>
  readonly cwd: string
}

export interface ServiceProcess {
  readonly command: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** Variables that carry the port: all pods share this machine, and the node gives each a port of its own. */
  readonly portVariables: readonly string[]
}

/** A workload's service as a process: what stands for its images, and what its containers find in their environment. */
export function localProcess(
  service: ServiceConfig,
  { database, kafka, topicPrefix, more, cwd }: LocalProcessOptions,
): ServiceProcess {
  const values = placeholderValues({ database, kafka, topicPrefix }, { port: CONTAINER_PORT, instance: 0 })
  const env = Object.entries({ ...service.env, ...more })
  return {
    command: service.command.map((word) => fill(word, values)),
    cwd,
    env: Object.fromEntries(env.map(([name, text]) => [name, fill(text, values)])),
    portVariables: env.filter(([, text]) => text === '{port}').map(([name]) => name),
  }
}
