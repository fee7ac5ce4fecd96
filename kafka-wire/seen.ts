/** What one request asked for or one answer said, read from its bytes. Times are milliseconds, −1 where not given. */
export type WireSeen =
  | { [A in keyof Asked]: Origin & { readonly from: 'client'; readonly api: A } & Asked[A] }[keyof Asked]
  | {
      [A in keyof Answered]: Origin & { readonly from: 'broker'; readonly api: A } & Answered[A]
    }[keyof Answered]

export interface Origin {
  /** Number of the connection, counted over the proxy's life. */
  readonly connection: number
  readonly clientId: string
  /** Name and version as the client's ApiVersions request gave them. */
  readonly software: string | undefined
  readonly version: number
  readonly correlationId: number
  /** The proxy's clock when the last byte of it had come. */
  readonly at: number
}

export interface TopicPartition {
  readonly topic: string
  readonly partition: number
}

export interface PartitionOffset extends TopicPartition {
  readonly offset: number
}

/** The head of the batch that a producer sent to one partition. */
export interface SentBatch extends TopicPartition {
  /** −1: the producer was not idempotent. */
  readonly producerId: number
  readonly producerEpoch: number
  readonly baseSequence: number
  readonly records: number
  /** As sent, compressed or not. */
  readonly bytes: number
}

/** What a consumer of the classic protocol told the group's leader with one assignor's name. */
export interface OfferedProtocol {
  readonly name: string
  /** Undefined where the bytes are not a consumer's subscription. */
  readonly subscription?: { readonly topics: readonly string[]; readonly owned: readonly TopicPartition[] }
}

interface Member {
  readonly group: string
  readonly generation: number
  readonly memberId: string
  readonly instanceId: string | null
}

/**
 * What clients ask. `topics` are names; `?` and the id where no Metadata answer has named it yet.
 */
interface Asked {
  'api-versions': object
  produce: {
    /** −1: all in-sync replicas. */
    readonly acks: number
    readonly timeoutMs: number
    readonly transactionalId: string | null
    /** Every batch carries a producer id. */
    readonly idempotent: boolean
    readonly topics: readonly string[]
    readonly batches: readonly SentBatch[]
  }
  'init-producer-id': { readonly transactionalId: string | null; readonly transactionTimeoutMs: number }
  fetch: {
    readonly maxWaitMs: number
    readonly minBytes: number
    readonly maxBytes: number
    readonly isolation: 'read_uncommitted' | 'read_committed'
    readonly rack: string
    /** Of the whole fetch session: a request names only what changed. */
    readonly topics: readonly string[]
    /** Where this request begins to read, as far as it says. */
    readonly positions: readonly PartitionOffset[]
  }
  metadata: { readonly topics: readonly string[] | null }
  'describe-cluster': object
  'find-coordinator': {
    readonly keys: readonly string[]
    readonly coordinates: 'group' | 'transaction' | 'share'
  }
  'join-group': {
    readonly group: string
    readonly memberId: string
    readonly instanceId: string | null
    readonly protocolType: string
    readonly protocols: readonly OfferedProtocol[]
    readonly sessionTimeoutMs: number
    readonly rebalanceTimeoutMs: number
    readonly reason: string | null
    readonly topics: readonly string[]
  }
  'sync-group': Member & {
    /** What the leader gives to each member; empty from all others. */
    readonly assignments: readonly {
      readonly memberId: string
      readonly partitions?: readonly TopicPartition[]
    }[]
  }
  heartbeat: Member
  'leave-group': {
    readonly group: string
    readonly members: readonly string[]
    readonly reason: string | null
  }
  'consumer-group-heartbeat': Member & {
    readonly rebalanceTimeoutMs: number
    readonly serverAssignor: string | null
    /** Null: unchanged since the last one. */
    readonly topics: readonly string[] | null
    readonly owned: readonly TopicPartition[] | null
  }
  'offset-commit': Member & {
    readonly topics: readonly string[]
    readonly offsets: readonly PartitionOffset[]
  }
  /** Offsets that are committed with a Kafka transaction, or not at all. */
  'txn-offset-commit': Member & {
    readonly transactionalId: string
    readonly topics: readonly string[]
    readonly offsets: readonly PartitionOffset[]
  }
  'offset-fetch': { readonly groups: readonly string[]; readonly topics: readonly string[] }
}

/** What brokers answer, where it tells how a group works. `error` 0 is none; of several, the first. */
interface Answered {
  produce: { readonly error: number; readonly offsets: readonly PartitionOffset[] }
  /** Names that were asked for and that no topic has. */
  metadata: { readonly unknown: readonly string[] }
  'init-producer-id': { readonly error: number; readonly producerId: number; readonly producerEpoch: number }
  'join-group': {
    readonly error: number
    /** As its request named it. */
    readonly group: string | undefined
    readonly generation: number
    /** The assignor that all members share. */
    readonly protocol: string | null
    readonly leader: string
    readonly memberId: string
  }
  'sync-group': { readonly error: number; readonly assigned?: readonly TopicPartition[] }
  heartbeat: { readonly error: number }
  'consumer-group-heartbeat': {
    readonly error: number
    readonly memberId: string | null
    readonly epoch: number
    readonly heartbeatIntervalMs: number
    /** Null: unchanged since the last one. */
    readonly assigned: readonly TopicPartition[] | null
  }
  'offset-commit': { readonly error: number }
}

export type RequestSeen = Extract<WireSeen, { from: 'client' }>
export type AnswerSeen = Extract<WireSeen, { from: 'broker' }>
