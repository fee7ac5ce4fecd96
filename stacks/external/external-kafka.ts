import { type Admin, Kafka, logLevel } from 'kafkajs'
import { messageOf } from '../../core/error.ts'
import { until } from '../../core/until.ts'
import { openRecordWriter } from '../clients/record-writer.ts'
import type { Capability, RunningKafka } from '../stack.ts'
import { ExternalUnfit } from './external-parts.ts'
import { notOurs } from './not-ours.ts'

/** Milliseconds in which the session of a killed member ends: 45 s are the default of Kafka's own client. */
const EXPIRY = 60_000

export interface ExternalKafka extends AsyncDisposable {
  readonly kafka: RunningKafka
  /** What can not be done there, each with why. */
  readonly lacking: ReadonlyMap<Capability, string>
  /** Rejects where it does not answer. */
  ask(): Promise<unknown>
}

/**
 * Asks a cluster for its id and its brokers. Disposed, it removes the topics and groups that begin with the prefix, and nothing else.
 * @throws {ExternalUnfit}
 */
export async function externalKafka(bootstrapServers: string, prefix: string): Promise<ExternalKafka> {
  const asked = <T>(ask: (admin: Admin) => Promise<T>) => asAdmin(bootstrapServers, ask)
  const { clusterId, brokers } = await asked((admin) => admin.describeCluster()).catch((cause: unknown) => {
    throw new ExternalUnfit('the Kafka of the config can not be asked', {
      what: messageOf(cause),
      where: `stack.kafka.bootstrapServers, ${bootstrapServers}`,
      hint: 'it is host:port, or several with commas, of listeners without TLS and SASL',
      cause,
    })
  })
  const lacking = new Map<Capability, string>([
    ['kill-kafka', `Kafka at ${bootstrapServers} is run by somebody else: it is not killed`],
    [
      'debezium',
      `the Connect of a run works on a broker of the run, and not on Kafka at ${bootstrapServers}`,
    ],
  ])
  if (brokers.length > 1)
    lacking.set(
      'links',
      `Kafka at ${bootstrapServers} has ${brokers.length} brokers: a link stands before one of them, and clients go past it`,
    )
  return {
    kafka: {
      ...notOurs('kafka', bootstrapServers),
      clusterId,
      bootstrapServers: () => bootstrapServers,
      writer: () => openRecordWriter(bootstrapServers),
    },
    lacking,
    ask: () => asked((admin) => admin.describeCluster()),
    async [Symbol.asyncDispose]() {
      await removeFromKafka(bootstrapServers, prefix)
    },
  }
}

/** Removes the topics and groups that begin with the prefix, and nothing else. @returns how many */
export function removeFromKafka(
  bootstrapServers: string,
  prefix: string,
): Promise<{ readonly topics: number; readonly groups: number }> {
  return asAdmin(bootstrapServers, async (admin) => {
    const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(prefix))
    if (topics.length > 0) await admin.deleteTopics({ topics })
    return { topics: topics.length, groups: await removeAllGroups(admin, prefix) }
  })
}

async function removeAllGroups(admin: Admin, prefix: string): Promise<number> {
  let left: string[] = []
  let groups = 0
  const removed = async () => {
    const looked = await removeGroups(admin, prefix)
    left = looked.left
    groups += looked.removed
    return left.length === 0
  }
  await until(removed, {
    what: `the groups ${prefix}… to be empty, so that they can be removed`,
    seen: () => `${left.join(', ')} still had members`,
    deadline: EXPIRY,
    every: 500,
  })
  return groups
}

/** Those that are empty are removed; those that are not are left: a killed member stays until its session ends. */
async function removeGroups(admin: Admin, prefix: string): Promise<{ removed: number; left: string[] }> {
  const { groups } = await admin.listGroups()
  const ours = groups.map(({ groupId }) => groupId).filter((group) => group.startsWith(prefix))
  if (ours.length === 0) return { removed: 0, left: [] }
  const { groups: described } = await admin.describeGroups(ours)
  const empty = described.filter(({ state }) => state === 'Empty' || state === 'Dead')
  if (empty.length > 0) await admin.deleteGroups(empty.map(({ groupId }) => groupId))
  const left = described.filter((group) => !empty.includes(group)).map(({ groupId }) => groupId)
  return { removed: empty.length, left }
}

async function asAdmin<T>(bootstrapServers: string, ask: (admin: Admin) => Promise<T>): Promise<T> {
  const client = new Kafka({
    clientId: 'eventproof',
    brokers: bootstrapServers.split(','),
    logLevel: logLevel.NOTHING,
    connectionTimeout: 5000,
    retry: { retries: 3 },
  })
  const admin = client.admin()
  try {
    await admin.connect()
    return await ask(admin)
  } finally {
    await admin.disconnect()
  }
}
