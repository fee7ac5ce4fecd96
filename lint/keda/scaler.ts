import data from './scalers.json' with { type: 'json' }

/** One parameter that a scaler parses (`keda:"name=…"` of its typed config). */
export interface Parameter {
  /** The first one that is written counts. */
  readonly names: readonly string[]
  /** Where it is looked for, in this order: triggerMetadata, resolvedEnv, authParams. */
  readonly from: readonly string[]
  /** The Go type, as far as it decides what can be parsed; a text where it is absent. */
  readonly kind?: string
  readonly required?: boolean
  readonly default?: string
  readonly enum?: readonly string[]
  /** Of a list: at most one of these. */
  readonly exclusive?: readonly string[]
  readonly separator?: string
  readonly range?: string
  /** KEDA refuses what is written for it, and says this. */
  readonly removed?: string
}

/** What the scaler of one trigger type reads. */
export interface Scaler {
  /** File of KEDA's `pkg/scalers`. */
  readonly source: string
  /** The function that makes it. */
  readonly creator: string
  readonly parameters: readonly Parameter[]
  /** Metadata that is read beside the typed config. */
  readonly reads?: readonly string[]
  /** Parameters of the authentication that are read beside the typed config. */
  readonly auth?: readonly string[]
  /** It hands on all metadata, whatever the keys. */
  readonly any?: boolean
}

const { scalers, version } = data

/** By the trigger's type; made by `npm run keda`. */
export const SCALERS: ReadonlyMap<string, Scaler> = new Map<string, Scaler>(Object.entries(scalers))

/** KEDA's version that they were read from. */
export const KEDA_VERSION: string = version

/** Keys that a trigger's metadata may have. */
export function metadataKeys({ parameters, reads = [] }: Scaler): readonly string[] {
  const typed = parameters.flatMap(({ names, from }) => [
    ...(from.includes('triggerMetadata') ? names : []),
    ...(from.includes('resolvedEnv') ? names.map((name) => `${name}FromEnv`) : []),
  ])
  return [...new Set([...typed, ...reads])]
}

/** Parameters that a TriggerAuthentication may give. */
export function authenticationKeys({ parameters, auth = [] }: Scaler): readonly string[] {
  const typed = parameters.filter(({ from }) => from.includes('authParams')).flatMap(({ names }) => names)
  return [...new Set([...typed, ...auth])]
}
