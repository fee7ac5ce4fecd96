import type { V1Container, V1EnvVar, V1Pod } from '@kubernetes/client-node'
import { fieldOf } from './downward.ts'
import { expand } from './expansion.ts'
import { isRefusal, type Refusal, refusal } from './refusal.ts'

export type Variables = Readonly<Record<string, string>>

/** Reads from the pod's namespace; undefined when there is none of that name. */
export interface Sources {
  configMap(name: string): Promise<Variables | undefined>
  /** Decoded. */
  secret(name: string): Promise<Variables | undefined>
}

/**
 * The variables that a container's `envFrom` and `env` ask for, in this order, the later one winning.
 * @param given variables that `$(NAME)` may name besides: those of services
 * @returns a refusal that names what is not there; it may come later
 */
export async function environmentOf(
  pod: V1Pod,
  container: V1Container,
  sources: Sources,
  given: Variables = {},
): Promise<Variables | Refusal> {
  const variables: Record<string, string> = { ...given }
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ?? []) {
    const ref = configMapRef ?? secretRef
    if (!ref?.name) continue
    const found = configMapRef ? await sources.configMap(ref.name) : await sources.secret(ref.name)
    if (!found && !ref.optional) return missing(`${configMapRef ? 'configmap' : 'secret'} "${ref.name}"`)
    for (const [key, value] of Object.entries(found ?? {})) variables[prefix + key] = value
  }
  for (const variable of container.env ?? []) {
    const value = variable.valueFrom
      ? await referredTo(variable, pod, sources)
      : expand(variable.value ?? '', variables)
    if (typeof value === 'object' && isRefusal(value)) return value
    if (value !== undefined) variables[variable.name] = value
  }
  return variables
}

/** Undefined: an optional one that is not there leaves the variable unset. */
async function referredTo(
  { name: variable, valueFrom }: V1EnvVar,
  pod: V1Pod,
  sources: Sources,
): Promise<string | undefined | Refusal> {
  const { fieldRef, configMapKeyRef, secretKeyRef } = valueFrom ?? {}
  if (fieldRef) {
    return fieldOf(pod, fieldRef.fieldPath) ?? unsupported(variable, `fieldRef ${fieldRef.fieldPath}`)
  }
  const ref = configMapKeyRef ?? secretKeyRef
  if (!ref?.name) return unsupported(variable, Object.keys(valueFrom ?? {}).join(', '))
  const kind = configMapKeyRef ? 'configmap' : 'secret'
  const found = configMapKeyRef ? await sources.configMap(ref.name) : await sources.secret(ref.name)
  const value = found?.[ref.key]
  if (value !== undefined || ref.optional) return value
  return missing(found ? `key ${ref.key} in ${kind} "${ref.name}"` : `${kind} "${ref.name}"`)
}

function missing(what: string): Refusal {
  return refusal(`${what} not found`)
}

function unsupported(variable: string, what: string): Refusal {
  return refusal(`variable ${variable} takes its value from ${what}, which this node does not know`)
}
