import { setTimeout as pause } from 'node:timers/promises'
import { Consumer, findErrorBy, MessagesStreamFallbackModes, MessagesStreamModes } from '@platformatic/kafka'
import { fulfillmentFromEnvironment } from '../../reference/fulfillment/setup.ts'
import { healthServer } from '../../reference/relay/health.ts'
import { answers } from '../../reference/service/database.ts'
import { host, whole } from '../../reference/service/environment.ts'
import { log, textOf } from '../../reference/service/log.ts'
import { closeOnSignal } from '../../reference/service/shutdown.ts'

// B26: the broker assigns partitions and watches over sessions (KIP-848); one record after the other, each committed.
const { database, producer, consumer: reference, announce } = fulfillmentFromEnvironment()
const { bootstrapServers, group, topics } = reference.settings

const consumer = new Consumer({
  clientId: group,
  groupId: group,
  bootstrapBrokers: bootstrapServers.split(','),
  groupProtocol: 'consumer',
  autocommit: false,
})
const stream = await consumer.consume({
  topics: [...topics],
  mode: MessagesStreamModes.COMMITTED,
  fallbackMode: MessagesStreamFallbackModes.EARLIEST,
  maxWaitTime: 500,
})
const closing = new AbortController()

async function work(): Promise<void> {
  for await (const message of stream) {
    const { topic, partition, offset, timestamp, key, value } = message
    // Fetched while the partition was ours: it is for another one now.
    if (!isOurs(topic, partition)) continue
    const headers = [...message.headers].map(([name, content]) => [String(name), content] as const)
    const record = { topic, partition, offset, timestamp, key, value, headers }
    let done = false
    await reference.handle([record], () => (done = true), closing.signal)
    if (done) await commit(message)
  }
}

function isOurs(topic: string, partition: number): boolean {
  return (consumer.assignments ?? []).some(
    (assigned) => assigned.topic === topic && assigned.partitions.includes(partition),
  )
}

/** When the group has changed the broker takes no commit until a heartbeat has told us of our new epoch. */
async function commit(message: { topic: string; partition: number; commit(): unknown }): Promise<void> {
  while (isOurs(message.topic, message.partition)) {
    try {
      await message.commit()
      return
    } catch (error) {
      if (findErrorBy(error as Error, 'apiId', 'STALE_MEMBER_EPOCH') === null) throw error
      await pause(100, undefined, { signal: closing.signal })
    }
  }
}

work().catch((error) => {
  // Whoever looks after it starts it again, and records that were not committed come once more.
  log('it ends', { error: textOf(error) })
  process.exit(closing.signal.aborted ? 0 : 1)
})

const announcing = announce()
const health = healthServer({ postgres: () => answers(database), kafka: async () => consumer.isActive() })
const port = whole('PORT', 8080)
health.listen(port, host, () => log('fulfilling orders', { port }))
closeOnSignal(
  async () => closing.abort(),
  () => stream.close(),
  () => consumer.close(true),
  () => announcing[Symbol.asyncDispose](),
  () => producer[Symbol.asyncDispose](),
  async () => health.close().closeAllConnections(),
  () => database.end(),
)
