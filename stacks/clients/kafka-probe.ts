import { Kafka as KafkaClient, logLevel, Partitioners } from 'kafkajs'

export const PROBE_TOPIC = 'eventproof-probe'

/**
 * Writes a record and reads it back through a consumer group, so that the offsets topic exists afterwards, and
 * removes topic and group again.
 * @returns the broker's cluster id; @throws what the client throws, with the last cause
 */
export async function exerciseKafka(bootstrap: string, clusterId: string): Promise<void> {
  const client = new KafkaClient({
    brokers: [bootstrap],
    clientId: 'eventproof-probe',
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 20, maxRetryTime: 200, retries: 60, multiplier: 1.5 },
    connectionTimeout: 2000,
  })
  const admin = client.admin()
  const producer = client.producer({ createPartitioner: Partitioners.DefaultPartitioner })
  const consumer = client.consumer({ groupId: 'eventproof-probe', sessionTimeout: 6000, maxWaitTimeInMs: 50 })
  try {
    await admin.connect()
    const cluster = await admin.describeCluster()
    if (cluster.clusterId !== clusterId)
      throw new Error(`another broker answers: cluster ${cluster.clusterId}`)
    await admin.createTopics({ topics: [{ topic: PROBE_TOPIC, numPartitions: 1 }], waitForLeaders: false })
    const read = Promise.withResolvers<void>()
    const consume = async () => {
      await consumer.connect()
      await consumer.subscribe({ topic: PROBE_TOPIC, fromBeginning: true })
      await consumer.run({ autoCommit: false, eachMessage: async () => read.resolve() })
    }
    const produce = async () => {
      await producer.connect()
      await producer.send({ topic: PROBE_TOPIC, messages: [{ value: 'ready?' }] })
    }
    // Together: a broker that does not know the new topic yet fails one of them while the other is still waiting.
    await Promise.all([consume(), produce()])
    await read.promise
  } finally {
    await Promise.allSettled([consumer.disconnect(), producer.disconnect()])
    await Promise.allSettled([
      admin.deleteTopics({ topics: [PROBE_TOPIC] }),
      admin.deleteGroups(['eventproof-probe']),
    ])
    await admin.disconnect()
  }
}
