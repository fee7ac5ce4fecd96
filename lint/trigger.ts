import type { Field } from './field.ts'

/** One entry of `spec.triggers`. */
export interface Trigger {
  readonly type: string
  readonly field: Field
  readonly metadata: Field
  /** What KEDA will read for a key: written directly, or in the environment of the workload's container. */
  setting(key: string): Setting
  /** A setting that is a whole number; `otherwise` where it is absent or none. */
  whole(key: string, otherwise: number): number
  /** A setting that is true or false; false where it is absent. */
  flag(key: string): boolean
}

export interface Setting {
  /** Undefined: absent, or in an environment that the manifests do not tell. */
  readonly value: string | undefined
  /** Something is written for it, even if we can't tell what it comes to. */
  readonly given: boolean
  /** Where it is, or would be, written. */
  readonly at: Field
}

/** A container's environment as far as manifests tell it; `complete`: no variable can come from elsewhere. */
export interface Environment {
  readonly values: ReadonlyMap<string, string | undefined>
  readonly complete: boolean
}

export function triggerOf(field: Field, environment: Environment): Trigger {
  const metadata = field.get('metadata')
  const setting = (key: string): Setting => {
    const direct = metadata.get(key)
    const written = direct.text?.trim()
    if (written !== undefined && written !== '') return { value: written, given: true, at: direct }
    const variable = metadata.get(`${key}FromEnv`)
    if (variable.text === undefined) return { value: undefined, given: false, at: direct }
    return { value: environment.values.get(variable.text)?.trim(), given: true, at: variable }
  }
  return {
    type: field.get('type').text ?? '',
    field,
    metadata,
    setting,
    whole(key, otherwise) {
      const { value } = setting(key)
      return value !== undefined && WHOLE.test(value) ? Number(value) : otherwise
    },
    flag: (key) => TRUE.has(setting(key).value ?? ''),
  }
}

/** What KEDA's parser takes for a whole number: JSON's grammar. */
export const WHOLE = /^-?(0|[1-9]\d*)$/
/** What KEDA's parser takes for true and false: those of Go's strconv.ParseBool. */
export const TRUE: ReadonlySet<string> = new Set(['1', 't', 'T', 'TRUE', 'true', 'True'])
export const FALSE: ReadonlySet<string> = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False'])
