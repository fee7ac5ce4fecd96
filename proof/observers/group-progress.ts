import { type Admin, Kafka, logLevel } from 'kafkajs'
import { until } from '../../core/until.ts'

/** Milliseconds: many partitions may be new at the same time, and have no leader yet. */
const DEADLINE = 45_000

/** Sums over all partitions of a topic. */
export interface GroupLag {
  readonly committed: number
  readonly end: number
  /** Records that the group has not committed past and that can still be read. */
  readonly lag: number
}

export interface GroupProgressOptions {
  /** An unproxied listener. */
  readonly bootstrapServers: string
  readonly group: string
  readonly topic: string
}

/**
 * How far a group is on a topic, asked of the broker: the lag that KEDA should see, by another way. It can also put
 * the group where a scenario needs it, while nobody is in it.
 */
export class GroupProgress implements AsyncDisposable {
  readonly #options: GroupProgressOptions
  readonly #admin: Admin

  private constructor(options: GroupProgressOptions, admin: Admin) {
    this.#options = options
    this.#admin = admin
  }

  static async open(options: GroupProgressOptions): Promise<GroupProgress> {
    const brokers = options.bootstrapServers.split(',')
    const kafka = new Kafka({ clientId: 'eventproof-sampler', brokers, logLevel: logLevel.NOTHING })
    const admin = kafka.admin()
    await admin.connect()
    return new GroupProgress(options, admin)
  }

  async lag(): Promise<GroupLag> {
    const { topic } = this.#options
    const committed = await this.#committed()
    const ends = await this.#admin.fetchTopicOffsets(topic)
    const all = ends.map(({ partition, low, high }) => {
      const from = Math.max(Number(low), committed.get(partition) ?? 0)
      return { from, end: Number(high), lag: Math.max(0, Number(high) - from) }
    })
    const sum = (of: (one: (typeof all)[number]) => number) => all.reduce((total, one) => total + of(one), 0)
    return { committed: sum(({ from }) => from), end: sum(({ end }) => end), lag: sum(({ lag }) => lag) }
  }

  /**
   * Commits where the topic ends now, for every partition; tries until a new topic's leaders answer.
   * @returns how many partitions have a committed offset now @throws {DeadlinePassed} while the group has members
   */
  commitEnds(): Promise<number> {
    const { group: groupId, topic } = this.#options
    const commit = async () => {
      await this.#admin.setOffsets({ groupId, topic, partitions: await this.#ends() })
      return (await this.#committed()).size
    }
    return until(commit, { what: `offsets of ${groupId} to be committed`, deadline: DEADLINE, every: 200 })
  }

  /**
   * What a long silence does: every record is past its retention, and the group's offsets too.
   * @throws while the group has members
   */
  async expire(): Promise<void> {
    const { group, topic } = this.#options
    await this.#admin.deleteTopicRecords({ topic, partitions: await this.#ends() })
    await this.#admin.deleteGroups([group])
  }

  /** What the broker still has: partitions with an offset of the group, and records that can be read. */
  async left(): Promise<{ readonly offsets: number; readonly records: number }> {
    const committed = await this.#committed()
    const ends = await this.#admin.fetchTopicOffsets(this.#options.topic)
    const records = ends.reduce((sum, { low, high }) => sum + Number(high) - Number(low), 0)
    return { offsets: committed.size, records }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#admin.disconnect()
  }

  async #ends(): Promise<{ partition: number; offset: string }[]> {
    const ends = await this.#admin.fetchTopicOffsets(this.#options.topic)
    return ends.map(({ partition, high }) => ({ partition, offset: high }))
  }

  async #committed(): Promise<ReadonlyMap<number, number>> {
    const { group: groupId, topic } = this.#options
    const [offsets] = await this.#admin.fetchOffsets({ groupId, topics: [topic] })
    const known = (offsets?.partitions ?? []).filter(({ offset }) => Number(offset) >= 0)
    return new Map(known.map(({ partition, offset }) => [partition, Number(offset)]))
  }
}
