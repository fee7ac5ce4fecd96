/** What the wire observer saw, read from the bytes of clients' requests and of the broker's answers. */
export interface WireKinds {
  /** What a client asked the broker for, or was told by it: one line a client, API, version and set of settings. */
  'k.asked': {
    readonly clientId: string
    readonly software: string | null
    readonly api: string
    readonly apiVersion?: number
    /** Of the member that asked. */
    readonly group?: string
    /** Such as `{ "session.timeout.ms": 45000, "partition.assignment.strategy": "cooperative-sticky" }`. */
    readonly settings: Readonly<Record<string, string | number | boolean | null>>
  }
  /** A member of the group asked the broker to store positions; `k.commit` tells that it did. */
  'k.committing': {
    readonly clientId: string
    readonly group: string
    readonly memberId: string
    readonly generation: number
    readonly offsets: readonly {
      readonly topic: string
      readonly partition: number
      readonly offset: number
    }[]
  }
  /** How often a member of the group said that it is alive, or how far it is, over all of its life. */
  'k.cadence': {
    readonly clientId: string
    readonly software: string | null
    readonly group: string
    readonly api: string
    readonly count: number
    /** Milliseconds between two; null before the second one. A tenth of them are shorter than `short`, a tenth longer than `long`. */
    readonly median: number | null
    readonly short: number | null
    readonly long: number | null
  }
  /** How a client produced, read from the bytes of its requests. */
  'k.client': {
    readonly clientId: string
    readonly software?: string
    readonly acks: number
    readonly idempotent: boolean
    readonly transactional: boolean
    readonly apiVersion: number
    readonly topics: readonly string[]
  }
}
