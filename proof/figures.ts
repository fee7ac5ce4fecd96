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
  /** Each with the weakest setting that it was seen with. */
  readonly clients: readonly Producer[]
}

/** How a client asked for records to be stored. */
export interface Producer {
  readonly clientId: string
  readonly software?: string
  readonly apiVersion?: number
  readonly acks: number
  readonly idempotent: boolean
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
  /**
   * Milliseconds: the longest wait of an event on a partition that kept its owner while the group was restarted member by
   * member. Null where it was not.
   */
  readonly unmovedWait: number | null
  /** Offset commits of the group. */
  readonly commits: number
  /** What the service's clients asked for. One that asked in several ways is there as often. */
  readonly clients: readonly AskedSettings[]
  /** Those that it stores retries, dead letters and outputs with. */
  readonly producers: readonly Producer[]
  readonly cadences: readonly Cadence[]
}

/** What one client asked for, or was told, and where that was read. */
export interface AskedSettings {
  readonly clientId: string
  readonly software: string | null
  readonly settings: Readonly<Record<string, string | number | boolean | null>>
  readonly api: string
  readonly apiVersions?: readonly number[]
  /** Whether it asked as a member of the declared group; absent where no group was asked for anything. */
  readonly group?: 'declared' | 'another'
}

/** How often a member of the declared group said something. */
export interface Cadence {
  readonly clientId: string
  readonly software: string | null
  readonly api: string
  readonly count: number
  /** Milliseconds; a tenth of the intervals are shorter than `short`, a tenth longer than `long`. */
  readonly median: number
  readonly short: number
  readonly long: number
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
