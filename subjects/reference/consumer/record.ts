export interface TopicPartition {
  readonly topic: string
  readonly partition: number
}

/** A record as it is on the log: bytes that nobody has tried to understand yet. */
export interface ConsumedRecord extends TopicPartition {
  readonly offset: bigint
  /** Milliseconds since 1970, as the log has it. */
  readonly timestamp: bigint
  readonly key: Buffer | null
  readonly value: Buffer | null
  /** In their order on the log; a name may occur more than once. */
  readonly headers: readonly (readonly [name: string, value: Buffer | null])[]
}

/** The text of a header; of the last one where several have the name, as Kafka's own clients read it. */
export function header(record: ConsumedRecord, name: string): string | undefined {
  return record.headers.findLast(([found]) => found === name)?.[1]?.toString()
}

/** Names a partition, as a key of maps. */
export function partitionName({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`
}

/** Where a record is, for people. */
export function place(record: ConsumedRecord): string {
  return `${partitionName(record)}@${record.offset}`
}
