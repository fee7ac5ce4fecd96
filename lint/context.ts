/** A consumer as its service declares it, against which a trigger is compared. */
export interface DeclaredConsumer {
  readonly group: string
  readonly topic: string
  /** Further topics that the same group reads, such as retry topics. */
  readonly otherTopics?: readonly string[]
  /** Of `topic`. */
  readonly partitions?: number
  /** Milliseconds that the slowest event takes, from fetch to durable effect. */
  readonly longestWork?: number
  /** It is claimed that nothing runs while there is nothing to do. */
  readonly scaleToZero?: boolean
  /** What can not be handled is put aside: no event stays for ever. */
  readonly deadLetters?: boolean
  /** The smallest backlog, in events, that must wake a consumer. */
  readonly wakesAt?: number
}

/** What was seen of a topic on a running broker. */
export interface ObservedTopic {
  readonly partitions: number
  /** Sum over the partitions of the first offset that can still be read: so many events have expired. */
  readonly expired?: number
  /** Transaction markers were seen on it. */
  readonly transactional?: boolean
}

/** What is known beside the manifests. Everything is optional: a rule that lacks its facts says nothing. */
export interface LintContext {
  /** By the consumer's name. */
  readonly consumers?: Readonly<Record<string, DeclaredConsumer>>
  /** Which consumer runs in which workload: name of the Deployment → name of the consumer. */
  readonly workloads?: Readonly<Record<string, string>>
  /** KEDA's version in the cluster, such as `2.21.0`. */
  readonly keda?: string
  readonly observed?: {
    /** By the topic's name. */
    readonly topics?: Readonly<Record<string, ObservedTopic>>
    /** All groups of the broker, each with the topics that it reads or has committed to. */
    readonly groups?: Readonly<Record<string, readonly string[]>>
    /** Partitions with a committed offset: by group, then by topic. A group that is missing was not looked at. */
    readonly committed?: Readonly<Record<string, Readonly<Record<string, number>>>>
  }
}
