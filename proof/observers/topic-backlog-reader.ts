import { BrokerConnection } from '../../kafka-wire/broker-connection.ts'
import type { FrameReader } from '../../kafka-wire/frame.ts'
import type { PartLook } from '../history/backlog-kinds.ts'

const LIST_OFFSETS = 2
const METADATA = 3
const OFFSET_FETCH = 9
/** ListOffsets' words for the end of a partition, and for its first offset. */
const LATEST = -1
const EARLIEST = -2
/** A follower's id; ours is none. */
const NO_REPLICA = -1

export interface TopicBacklogOptions {
  /** An unproxied listener. */
  readonly bootstrapServers: string
  /** Without it all that lies on the topic waits. */
  readonly group?: string
  readonly topic: string
}

/**
 * What lies on each partition of a topic, and how far a group is there, asked of the broker each time anew: clients
 * remember for minutes which partitions there are, and would not see one that was added.
 */
export class TopicBacklogReader implements AsyncDisposable {
  readonly #options: TopicBacklogOptions
  readonly #broker: BrokerConnection
  #last: Promise<unknown> = Promise.resolve()

  private constructor(options: TopicBacklogOptions, broker: BrokerConnection) {
    this.#options = options
    this.#broker = broker
  }

  /** @throws {BrokerUnreachable} */
  static async open(options: TopicBacklogOptions): Promise<TopicBacklogReader> {
    return new TopicBacklogReader(options, await BrokerConnection.open(options.bootstrapServers))
  }

  /** Several may look at once: the connection takes one request after the other. */
  look(): Promise<readonly PartLook[]> {
    const look = this.#last.then(() => this.#look())
    this.#last = look.catch(() => {})
    return look
  }

  async #look(): Promise<readonly PartLook[]> {
    const partitions = await this.#partitions()
    const committed = await this.#committed(partitions)
    const begins = await this.#offsets(partitions, EARLIEST)
    const ends = await this.#offsets(partitions, LATEST)
    return partitions.map((partition) => ({
      part: String(partition),
      begin: begins.get(partition) ?? 0,
      end: ends.get(partition) ?? 0,
      done: committed.get(partition) ?? null,
    }))
  }

  async #partitions(): Promise<readonly number[]> {
    const answer = await this.#broker.request(METADATA, 1, (body) => {
      body.int32(1).string(this.#options.topic)
    })
    list(answer, () => {
      answer.int32()
      answer.string()
      answer.int32()
      answer.string()
    })
    answer.int32()
    const [partitions = []] = list(answer, () => {
      failure('metadata', answer.int16())
      answer.string()
      answer.int8()
      return list(answer, () => {
        answer.int16()
        const partition = answer.int32()
        answer.int32()
        list(answer, () => answer.int32())
        list(answer, () => answer.int32())
        return partition
      })
    })
    return partitions.toSorted((a, b) => a - b)
  }

  async #committed(partitions: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const { group, topic } = this.#options
    if (group === undefined) return new Map()
    const answer = await this.#broker.request(OFFSET_FETCH, 1, (body) => {
      body.string(group).int32(1).string(topic).int32(partitions.length)
      for (const partition of partitions) body.int32(partition)
    })
    const [offsets = []] = list(answer, () => {
      answer.string()
      return list(answer, () => {
        const place = [answer.int32(), answer.int64()] as const
        answer.string()
        failure('offset fetch', answer.int16())
        return place
      })
    })
    return new Map(offsets.filter(([, offset]) => offset >= 0))
  }

  async #offsets(partitions: readonly number[], at: number): Promise<ReadonlyMap<number, number>> {
    const answer = await this.#broker.request(LIST_OFFSETS, 1, (body) => {
      body.int32(NO_REPLICA).int32(1).string(this.#options.topic).int32(partitions.length)
      for (const partition of partitions) body.int32(partition).int64(at)
    })
    const [offsets = []] = list(answer, () => {
      answer.string()
      return list(answer, () => {
        const partition = answer.int32()
        failure('list offsets', answer.int16())
        answer.int64()
        return [partition, answer.int64()] as const
      })
    })
    return new Map(offsets)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#broker[Symbol.asyncDispose]()
  }
}

/** Kafka's array: a count, and so many of what `one` reads. */
function list<T>(answer: FrameReader, one: () => T): T[] {
  const count = answer.int32()
  const all: T[] = []
  for (let n = 0; n < count; n++) all.push(one())
  return all
}

function failure(api: string, code: number): void {
  if (code !== 0) throw new Error(`${api}: Kafka error code ${code}`)
}
