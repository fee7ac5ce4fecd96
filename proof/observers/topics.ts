import { type Admin, Kafka, logLevel } from 'kafkajs'
import { until } from '../../core/until.ts'

/** Topic → number of partitions. */
export type Topics = Readonly<Record<string, number>>

export interface CreateOptions {
  /** Of each topic, by Kafka's names: cleanup.policy and the like. */
  readonly settings?: Readonly<Record<string, string>>
  /** Milliseconds; default {@link LED}. */
  readonly deadline?: number
}

/** Milliseconds: five scenarios that make 40 partitions each at once took more than 15 s of a machine at load 13. */
const LED = 45_000

/** Creates what does not exist yet and resolves when each partition has a leader. @throws {DeadlinePassed} */
export async function createTopics(
  bootstrapServers: string,
  topics: Topics,
  { settings = {}, deadline = LED }: CreateOptions = {},
): Promise<void> {
  await withAdmin(bootstrapServers, async (admin) => {
    const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }))
    const wanted = Object.entries(topics).map(([topic, numPartitions]) => ({
      topic,
      numPartitions,
      configEntries,
    }))
    // Not waitForLeaders: kafkajs then fails where the broker does not know the new topic at once.
    await admin.createTopics({ topics: wanted, waitForLeaders: false })
    const led = async () => {
      const { topics: known } = await admin.fetchTopicMetadata({ topics: Object.keys(topics) })
      return wanted.every(({ topic, numPartitions }) => {
        const partitions = known.find(({ name }) => name === topic)?.partitions ?? []
        return partitions.length >= numPartitions && partitions.every(({ leader }) => leader >= 0)
      })
    }
    const what = `a leader for each partition of ${Object.keys(topics).join(', ')}`
    await until(led, { what, deadline, every: 50 })
  })
}

/** Gives a topic more partitions, and resolves with how many it has when each has a leader. @throws {DeadlinePassed} */
export async function addPartitions(bootstrapServers: string, topic: string, more: number): Promise<number> {
  let count = 0
  await withAdmin(bootstrapServers, async (admin) => {
    const leaders = async () => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] })
      return topics[0]?.partitions.filter(({ leader }) => leader >= 0).length ?? 0
    }
    count = (await leaders()) + more
    await admin.createPartitions({ topicPartitions: [{ topic, count }] })
    const what = `a leader for each of ${count} partitions of ${topic}`
    await until(async () => (await leaders()) === count, { what, deadline: LED, every: 50 })
  })
  return count
}

/** Deletes what exists; a topic that does not is left out. */
export async function deleteTopics(bootstrapServers: string, topics: readonly string[]): Promise<void> {
  await withAdmin(bootstrapServers, async (admin) => {
    const existing = new Set(await admin.listTopics())
    const gone = topics.filter((topic) => existing.has(topic))
    if (gone.length > 0) await admin.deleteTopics({ topics: gone })
  })
}

/** Removes what lies before these offsets, as retention would. */
export async function emptyTopic(
  bootstrapServers: string,
  topic: string,
  ends: readonly { readonly partition: number; readonly offset: number }[],
): Promise<void> {
  const partitions = ends.map(({ partition, offset }) => ({ partition, offset: String(offset) }))
  await withAdmin(bootstrapServers, async (admin) => {
    // Before that kafkajs knows no leader of its partitions.
    await admin.fetchTopicOffsets(topic)
    await admin.deleteTopicRecords({ topic, partitions })
  })
}

/** Topics with this prefix, and the one of this name without it, that hold records; none of the broker's own. */
export async function writtenTopics(
  bootstrapServers: string,
  prefix: string,
  name: string,
): Promise<readonly string[]> {
  const written: string[] = []
  await withAdmin(bootstrapServers, async (admin) => {
    const topics = await admin.listTopics()
    const ours = topics.filter((topic) => !topic.startsWith('__'))
    for (const topic of ours.filter((topic) => topic.startsWith(prefix) || topic === name)) {
      const offsets = await admin.fetchTopicOffsets(topic)
      if (offsets.some(({ high }) => Number(high) > 0)) written.push(topic)
    }
  })
  return written
}

async function withAdmin(bootstrapServers: string, work: (admin: Admin) => Promise<void>): Promise<void> {
  const brokers = bootstrapServers.split(',')
  const admin = new Kafka({ clientId: 'eventproof', brokers, logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  try {
    await work(admin)
  } finally {
    await admin.disconnect()
  }
}
