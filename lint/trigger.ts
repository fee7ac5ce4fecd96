import type { Authentication } from './authentication.ts'
import type { Environment } from './environment.ts'
import type { Field } from './field.ts'
import { type Parameter, SCALERS, type Scaler } from './keda/scaler.ts'

/** One entry of `spec.triggers`. */
export interface Trigger {
  readonly type: string
  readonly field: Field
  readonly metadata: Field
  readonly authentication: Authentication
  /** What KEDA's scaler of this type reads; undefined where it has none. */
  readonly scaler: Scaler | undefined
  /** What KEDA will read for a key: in the metadata, the workload's environment or the authentication. */
  setting(key: string): Setting
  /** A setting that is a whole number; `otherwise` where it is absent or none. */
  whole(key: string, otherwise: number): number
  /** A setting that is true or false; false where it is absent. */
  flag(key: string): boolean
}

export interface Setting {
  /** Undefined: absent, or in a place that the manifests do not tell. */
  readonly value: string | undefined
  /** Something is written for it, even if we can't tell what it comes to. */
  readonly given: boolean
  /** Nothing is written for it, and nothing can come from a place that the manifests do not tell. */
  readonly absent: boolean
  /** Where it is, or would be, written. */
  readonly at: Field
}

export function triggerOf(field: Field, environment: Environment, authentication: Authentication): Trigger {
  const metadata = field.get('metadata')
  const type = field.get('type').text ?? ''
  const scaler = SCALERS.get(type)
  const setting = (key: string): Setting => {
    const parameter = scaler?.parameters.find(({ names }) => names.includes(key))
    return settingOf(parameter ?? { names: [key], from: ['triggerMetadata', 'resolvedEnv'] }, {
      metadata,
      environment,
      authentication,
    })
  }
  return {
    type,
    field,
    metadata,
    authentication,
    scaler,
    setting,
    whole(key, otherwise) {
      const { value } = setting(key)
      return value !== undefined && WHOLE.test(value) ? Number(value) : otherwise
    },
    flag: (key) => TRUE.has(setting(key).value ?? ''),
  }
}

interface Sources {
  readonly metadata: Field
  readonly environment: Environment
  readonly authentication: Authentication
}

/** The first place that has something (configParamValue of KEDA's typed_config.go). An empty text is nothing. */
function settingOf({ names, from }: Parameter, { metadata, environment, authentication }: Sources): Setting {
  const [first = ''] = names
  const at = names.map((name) => metadata.get(name)).find(({ present }) => present) ?? metadata.get(first)
  let absent = true
  for (const source of from) {
    for (const name of names) {
      const place = metadata.get(source === 'resolvedEnv' ? `${name}FromEnv` : name)
      const [given, value] = read(source, name, place)
      if (value?.trim())
        return { value: value.trim(), given: true, absent: false, at: place.present ? place : at }
      if (given && value === undefined) {
        return { value: undefined, given: true, absent: false, at: place.present ? place : at }
      }
      if (!given && value === undefined) absent = false
    }
  }
  return { value: undefined, given: false, absent, at }

  /** Whether it is given there, and what it is: empty is nothing, undefined is not known. */
  function read(source: string, name: string, place: Field): readonly [boolean, string | undefined] {
    if (source === 'triggerMetadata') return [place.present, place.text ?? '']
    if (source === 'authParams') {
      if (authentication.values.has(name)) return [true, authentication.values.get(name)]
      return [false, authentication.complete ? '' : undefined]
    }
    const variable = place.text
    if (variable === undefined || variable === '') return [false, '']
    if (environment.values.has(variable)) return [true, environment.values.get(variable)]
    return environment.complete ? [false, ''] : [true, undefined]
  }
}

/** What KEDA's parser takes for a whole number: JSON's grammar. */
export const WHOLE = /^-?(0|[1-9]\d*)$/
/** What KEDA's parser takes for true and false: those of Go's strconv.ParseBool. */
export const TRUE: ReadonlySet<string> = new Set(['1', 't', 'T', 'TRUE', 'true', 'True'])
export const FALSE: ReadonlySet<string> = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False'])
