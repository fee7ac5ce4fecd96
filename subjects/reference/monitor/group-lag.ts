import { Admin, ListOffsetTimestamps } from '@platformatic/kafka'

/** How much waits for a group on a partition. */
export interface PartitionLag {
  readonly topic: string
  readonly partition: number
  readonly lag: number
}

/** Asks a broker how much waits for a group, whether anybody is in it or not. */
export class GroupLag implements AsyncDisposable {
  readonly #admin: Admin
  readonly #group: string
  readonly #topics: readonly string[]

  constructor(bootstrapServers: string, group: string, topics: readonly string[]) {
    this.#admin = new Admin({
      clientId: `${group}-lag`,
      bootstrapBrokers: bootstrapServers.split(','),
      connectTimeout: 1000,
      retries: 2,
      retryDelay: 100,
    })
    this.#group = group
    this.#topics = topics
  }

  /** Each partition that there is now: one that was added since is not left out. */
  async all(): Promise<readonly PartitionLag[]> {
    const { topics } = await this.#admin.metadata({ topics: [...this.#topics], forceUpdate: true })
    const known = [...topics].map(([name, { partitionsCount }]) => ({
      name,
      partitions: Array.from({ length: partitionsCount }, (_, partition) => partition),
    }))
    const committed = await this.#committed(known)
    const begins = await this.#offsets(known, ListOffsetTimestamps.EARLIEST)
    const ends = await this.#offsets(known, ListOffsetTimestamps.LATEST)
    return known.flatMap(({ name: topic, partitions }) =>
      partitions.map((partition) => {
        const place = `${topic}/${partition}`
        const begin = begins.get(place) ?? 0n
        const from = committed.get(place) ?? begin
        const lag = Number((ends.get(place) ?? 0n) - (from > begin ? from : begin))
        return { topic, partition, lag: Math.max(0, lag) }
      }),
    )
  }

  /** Without those of which the group has no offset. */
  async #committed(known: readonly Known[]): Promise<ReadonlyMap<string, bigint>> {
    const wanted = known.map(({ name, partitions }) => ({ name, partitionIndexes: [...partitions] }))
    const [group] = await this.#admin.listConsumerGroupOffsets({
      groups: [{ groupId: this.#group, topics: wanted }],
    })
    const all = (group?.topics ?? []).flatMap(({ name, partitions }) =>
      partitions.map(
        ({ partitionIndex, committedOffset }) => [`${name}/${partitionIndex}`, committedOffset] as const,
      ),
    )
    return new Map(all.filter(([, offset]) => offset >= 0n))
  }

  async #offsets(known: readonly Known[], timestamp: bigint): Promise<ReadonlyMap<string, bigint>> {
    const topics = await this.#admin.listOffsets({
      topics: known.map(({ name, partitions }) => ({
        name,
        partitions: partitions.map((partitionIndex) => ({ partitionIndex, timestamp })),
      })),
    })
    return new Map(
      topics.flatMap(({ name, partitions }) =>
        partitions.map(({ partitionIndex, offset }) => [`${name}/${partitionIndex}`, offset] as const),
      ),
    )
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#admin.close()
  }
}

interface Known {
  readonly name: string
  readonly partitions: readonly number[]
}
