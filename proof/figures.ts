/** What a scenario counted, by the kind of its subject. */
export type Figures = PublisherFigures | ConsumerFigures | ScalingFigures | NoFigures

export interface PublisherFigures {
  readonly of: 'publisher'
  readonly milliseconds: number
  readonly commands: number
  readonly committed: number
  readonly rolledBack: number
  readonly events: number
  readonly records: number
  readonly duplicates: number
  readonly keys: number
  /** Bytes of record values. */
  readonly payload: { readonly p50: number; readonly p99: number; readonly max: number }
  readonly clients: readonly {
    readonly clientId: string
    readonly acks: number
    readonly idempotent: boolean
  }[]
}

export interface ConsumerFigures {
  readonly of: 'consumer'
  readonly milliseconds: number
  /** Different events, and the records that carried them. */
  readonly events: number
  readonly records: number
  readonly effects: number
  /** Records of the declared topic whose event had been delivered before. */
  readonly redeliveries: number
  /** Records on retry topics and on the dead-letter topic. */
  readonly retries: number
  readonly deadLetters: number
  readonly keys: number
  /** Records on each partition of the declared topic, by its number. */
  readonly perPartition: readonly number[]
  /** Generations of the group after the first in which every partition was owned. */
  readonly rebalances: number
  /** Offset commits of the group. */
  readonly commits: number
  /** What the group's clients asked for, each setting with the API in whose request it was read. */
  readonly clients: readonly {
    readonly clientId: string
    readonly software: string | null
    readonly settings: Readonly<Record<string, string | number | boolean | null>>
    readonly api: string
  }[]
}

export interface ScalingFigures {
  readonly of: 'scaling'
  readonly milliseconds: number
  readonly events: number
  readonly effects: number
  /** Milliseconds from the first event above the threshold to replicas ≥ 1, and to the first ready pod. */
  readonly activation: number | null
  readonly ready: number | null
  readonly maxReplicas: number
  /** Milliseconds from the last effect to zero replicas. */
  readonly backToZero: number | null
  /** What the linter says of the manifests, errors and warnings. */
  readonly lint: readonly ManifestFinding[]
}

export interface ManifestFinding {
  readonly rule: string
  readonly severity: 'error' | 'warning'
  /** `file:line`, as the config names the file. */
  readonly place: string
  readonly found: string
  readonly fix: string
}

/** Nothing could be read. */
export interface NoFigures {
  readonly of: 'nothing'
  readonly milliseconds: number
}
