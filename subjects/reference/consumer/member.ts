import { Consumer } from '@platformatic/kafka'
import { log, textOf } from '../service/log.ts'
import type { TopicPartition } from './record.ts'
import type { ConsumerSettings } from './settings.ts'

/** One membership of a group, from joining to leaving. */
export interface Member extends AsyncDisposable {
  /** Who it is in the group's present generation, as offsets are committed with. */
  readonly identity: Identity
  /** The partitions that are this member's now. */
  readonly assigned: readonly TopicPartition[]
  /** False once the group no longer counts on it; such a member is disposed of and another one joins. */
  readonly belongs: boolean
}

export interface Identity {
  readonly memberId: string
  readonly generation: number
}

/** Called before others get what is not in `kept`: resolves when the work on that is finished and committed. */
export type BeforeLosing = (kept: readonly TopicPartition[]) => Promise<void>

/**
 * Joins the group and stays in it by heartbeats, whatever else this process is busy with.
 *
 * Incremental rebalancing (`cooperative-sticky`): a member keeps working on what it keeps while others come and go,
 * and gives the rest up in a second step, which waits for `beforeLosing`.
 * @throws when the group can't be joined, or the consumer closes before it is
 */
export async function joinGroup(
  settings: ConsumerSettings,
  beforeLosing: BeforeLosing,
  closing: AbortSignal,
): Promise<Member> {
  const { group, topics, sessionTimeout, heartbeatInterval, maxPollInterval } = settings
  const client: Consumer = new Consumer({
    clientId: group,
    groupId: group,
    bootstrapBrokers: settings.bootstrapServers.split(','),
    groupProtocol: 'classic',
    protocols: [{ name: 'cooperative-sticky', version: 3 }],
    protocolsMetadata: async () => {
      await beforeLosing(partitionsOf(client))
      return generationOf(client)
    },
    sessionTimeout,
    heartbeatInterval,
    rebalanceTimeout: Math.max(maxPollInterval, sessionTimeout),
    // An answer to JoinGroup may take until a dead member's session has ended.
    requestTimeout: sessionTimeout + heartbeatInterval,
    connectTimeout: 1000,
    retries: 5,
    retryDelay: 200,
  })
  client.topics.trackAll(...topics)
  let belongs = true
  client.on('error', (error) => log('the group could not be joined', { group, error: textOf(error) }))
  // Said after each attempt to follow the group into its next generation, also after one that failed.
  client.on('consumer:group:rejoin', () => {
    belongs = client.isActive()
  })
  try {
    await unless(closing, client.joinGroup({}))
  } catch (error) {
    discard(client)
    throw error
  }
  return {
    get identity() {
      return { memberId: client.memberId ?? '', generation: client.generationId }
    },
    get assigned() {
      return partitionsOf(client)
    },
    get belongs() {
      return belongs
    },
    async [Symbol.asyncDispose]() {
      belongs = false
      await client.close(true).catch((error) => log('not left cleanly', { group, error: textOf(error) }))
    },
  }
}

/** Others may keep a newcomer waiting for as long as a session. */
async function unless<T>(closing: AbortSignal, joined: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const giveUp = () => reject(new Error('the consumer closes'))
  closing.addEventListener('abort', giveUp, { once: true })
  try {
    return await Promise.race([joined, promise])
  } finally {
    closing.removeEventListener('abort', giveUp)
  }
}

function partitionsOf({ assignments }: Consumer): TopicPartition[] {
  return (assignments ?? []).flatMap(({ topic, partitions }) =>
    partitions.map((partition) => ({ topic, partition })),
  )
}

/** What Java's cooperative assignor adds to a subscription: the generation in which it got its partitions, or -1. */
function generationOf(client: Consumer): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(client.memberId !== null && partitionsOf(client).length > 0 ? client.generationId : -1)
  return bytes
}

/** A client in doubt may wait for answers that never come: nobody waits for it. */
function discard(client: Consumer): void {
  client.close(true).catch(() => {})
}
