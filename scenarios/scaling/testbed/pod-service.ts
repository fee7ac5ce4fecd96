import type { ServiceConfig } from '../../../subjects/contract/index.ts'
import { fill } from '../../../subjects/contract/placeholders.ts'

/** A workload's service in a pod, with texts as Kubernetes reads them: `$(NAME)` is a variable, `$$` a `$`. */
export interface PodService {
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Fills in a text with placeholders what this scenario has for them. */
  readonly fill: (text: string) => string
}

export interface PodServiceOptions {
  /** Of the placeholders, but for the port. */
  readonly values: Readonly<Record<string, string>>
  /** What stands for `{port}`, as Kubernetes reads it. */
  readonly port: string
  /** Environment beside the service's own; placeholders allowed. */
  readonly more: Readonly<Record<string, string>>
}

/** What the service's container runs, and finds in its environment. */
export function podService(service: ServiceConfig, { values, port, more }: PodServiceOptions): PodService {
  const escaped = Object.entries(values).map(([name, value]) => [name, literal(value)])
  const known = { ...Object.fromEntries(escaped), port }
  const filled = (text: string) => fill(literal(text), known)
  const env = Object.entries({ ...service.env, ...more })
  return {
    command: (service.command ?? []).map(filled),
    env: Object.fromEntries(env.map(([name, text]) => [name, filled(text)])),
    fill: filled,
  }
}

function literal(text: string): string {
  return text.replaceAll('$', '$$$$')
}
