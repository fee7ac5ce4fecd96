import type { Facts } from '../../../proof/history/fact.ts'
import type { Direction } from '../../../schemas/level.ts'
import type { FormatName, Rule } from '../../../schemas/schema.ts'

/** What a registry says of a subject's compatibility. */
export interface SaidOfLevel {
  /** Asked of the subject alone; null where it has none of its own. Some registries say `NONE` then. */
  readonly own: string | null
  /** What is assumed where a subject has none. */
  readonly assumed: string | null
}

/** A version of a subject; what the registry answered where we asked it to take it. */
export interface SaidOfVersion {
  readonly version: number
  readonly format: FormatName
  readonly schema: string
  /** As the config names it. */
  readonly file?: string
  readonly accepted: boolean
  readonly answer?: string
}

/** An event was written by one version and read by another. */
export interface TriedReading {
  readonly writer: number
  readonly reader: number
  /** Why it was not read as it was written. */
  readonly misread?: string
}

/** One rule of evolution, broken on a copy of the subject that has the subject's level and all its versions. */
export interface TriedChange {
  readonly rule: Rule
  readonly field: string
  readonly says: string
  readonly schema: string
  /** The version that was changed: the newest. */
  readonly of: number
  readonly accepted: boolean
  readonly answer: string
  /** Which versions can not read it, or be read by it, any more. */
  readonly breaks: readonly {
    readonly direction: Direction
    readonly version: number
    readonly says: string
  }[]
}

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    'schema.level': SaidOfLevel
    'schema.version': SaidOfVersion
    'schema.reading': TriedReading
    'schema.change': TriedChange
  }
}

type RegistryFactName = 'schema.level' | 'schema.version' | 'schema.reading' | 'schema.change'

/** One of these facts, without its subject. */
export type RegistryFact = {
  readonly [N in RegistryFactName]: { readonly name: N; readonly value: Facts[N] }
}[RegistryFactName]
