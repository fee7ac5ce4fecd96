import { Kafka, logLevel } from 'kafkajs'

/** Topic → number of partitions. */
export type Topics = Readonly<Record<string, number>>

/** Creates what does not exist yet and resolves when each partition has a leader. */
export async function createTopics(bootstrapServers: string, topics: Topics): Promise<void> {
  const admin = new Kafka({
    clientId: 'eventproof',
    brokers: bootstrapServers.split(','),
    logLevel: logLevel.NOTHING,
  }).admin()
  await admin.connect()
  try {
    await admin.createTopics({
      topics: Object.entries(topics).map(([topic, numPartitions]) => ({ topic, numPartitions })),
      waitForLeaders: true,
    })
  } finally {
    await admin.disconnect()
  }
}

/** Deletes what exists; a topic that does not is left out. */
export async function deleteTopics(bootstrapServers: string, topics: readonly string[]): Promise<void> {
  const admin = new Kafka({
    clientId: 'eventproof',
    brokers: bootstrapServers.split(','),
    logLevel: logLevel.NOTHING,
  }).admin()
  await admin.connect()
  try {
    const existing = new Set(await admin.listTopics())
    const gone = topics.filter((topic) => existing.has(topic))
    if (gone.length > 0) await admin.deleteTopics({ topics: gone })
  } finally {
    await admin.disconnect()
  }
}
