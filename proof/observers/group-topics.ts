import type { BrokerConnection } from '../../kafka-wire/broker-connection.ts'

/** The first version that knows topics by id. */
const VERSION = 12

interface Metadata {
  readonly topics: readonly {
    readonly errorCode: number
    readonly name: string | null
    readonly topicId: string
    readonly partitions: readonly { readonly partitionIndex: number }[]
  }[]
}

/** Partitions of a topic; none where it does not exist yet. It is not created by asking. */
export async function partitionsOf(broker: BrokerConnection, topic: string): Promise<readonly number[]> {
  const { topics } = await ask(broker, [{ name: topic }])
  return topics.flatMap(({ partitions }) => partitions.map(({ partitionIndex }) => partitionIndex))
}

/** Names of topics by id, asked for once each; a topic that is deleted already keeps its id for a name. */
export class GroupTopics {
  readonly #names = new Map<string, string>()

  /** Learns the names that {@link nameOf} will be asked for. @throws where the broker does not answer */
  async learn(broker: BrokerConnection, topicIds: ReadonlySet<string>): Promise<void> {
    const unknown = [...topicIds].filter((id) => !this.#names.has(id))
    if (unknown.length === 0) return
    const { topics } = await ask(
      broker,
      unknown.map((topicId) => ({ topicId, name: null })),
    )
    for (const { topicId, name } of topics) this.#names.set(topicId, name ?? topicId)
  }

  nameOf(topicId: string): string {
    return this.#names.get(topicId) ?? topicId
  }
}

async function ask(
  broker: BrokerConnection,
  topics: readonly { readonly topicId?: string; readonly name: string | null }[],
): Promise<Metadata> {
  const answer = await broker.ask('metadata', VERSION, { topics, allowAutoTopicCreation: false })
  return answer as unknown as Metadata
}
