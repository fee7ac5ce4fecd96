import { Consumer, FetchIsolationLevels, findErrorBy, ListOffsetTimestamps } from '@platformatic/kafka'
import { type Fetched, recordsOf } from './fetched.ts'
import type { Identity } from './member.ts'
import { type Position, positionAt } from './position.ts'
import { partitionName, type TopicPartition } from './record.ts'
import type { ConsumerSettings } from './settings.ts'

const PARTITION_BYTES = 1024 * 1024
const ISOLATION = {
  read_committed: FetchIsolationLevels.READ_COMMITTED,
  read_uncommitted: FetchIsolationLevels.READ_UNCOMMITTED,
}

/** Reads records, and reads and writes the group's offsets. One that failed is thrown away. */
export interface Reader extends AsyncDisposable {
  /** Where to begin: at the group's offset, and where there is none or it is gone, at the earliest record, unless told otherwise. */
  positions(of: readonly TopicPartition[], identity: Identity): Promise<readonly Position[]>
  /** Waits up to so many milliseconds for records behind these positions; by the partition's name. */
  fetch(positions: readonly Position[], patience: number): Promise<ReadonlyMap<string, Fetched>>
  /** Stores `done` of these positions in the group; a position's `committed` says whether it did. */
  commit(positions: readonly Position[], identity: Identity): Promise<void>
}

/**
 * A client of its own beside the member's: a broker answers nothing else on a connection while JoinGroup waits
 * there for other members, and those who keep their partitions don't stop for that.
 */
export function openReader({
  bootstrapServers,
  group,
  topics,
  isolationLevel,
  offsetReset,
}: ConsumerSettings): Reader {
  const client = new Consumer({
    clientId: group,
    groupId: group,
    bootstrapBrokers: bootstrapServers.split(','),
    groupProtocol: 'classic',
    connectTimeout: 1000,
    requestTimeout: 3000,
    // The client's own retries of a commit would join the group first, as somebody else.
    retries: 0,
  })
  client.topics.trackAll(...topics)
  client.on('error', () => {})

  const speakAs = ({ memberId, generation }: Identity) => {
    client.memberId = memberId
    client.generationId = generation
  }

  const fetchFrom = async (
    node: number,
    positions: readonly Position[],
    ids: ReadonlyMap<string, string>,
    patience: number,
  ) => {
    const wanted = new Map(
      positions.map((position) => [`${ids.get(position.topic)}/${position.partition}`, position]),
    )
    const { responses } = await client.fetch({
      node,
      maxWaitTime: patience,
      minBytes: 1,
      maxBytes: 16 * PARTITION_BYTES,
      isolationLevel: ISOLATION[isolationLevel],
      topics: positions.map(({ topic, partition, next }) => ({
        topicId: ids.get(topic) ?? '',
        partitions: [
          {
            partition,
            fetchOffset: next,
            partitionMaxBytes: PARTITION_BYTES,
            currentLeaderEpoch: -1,
            lastFetchedEpoch: -1,
          },
        ],
      })),
    })
    return responses.flatMap(({ topicId, partitions }) =>
      partitions.flatMap((fetched): [string, Fetched][] => {
        const position = wanted.get(`${topicId}/${fetched.partitionIndex}`)
        return position === undefined
          ? []
          : [[partitionName(position), recordsOf(position, fetched, position.next)]]
      }),
    )
  }

  return {
    async positions(of, identity) {
      if (of.length === 0) return []
      speakAs(identity)
      const asked = [...Map.groupBy(of, ({ topic }) => topic)].map(([topic, parts]) => ({
        topic,
        partitions: parts.map(({ partition }) => partition),
      }))
      const limits = {
        topics: asked.map(({ topic }) => topic),
        partitions: Object.fromEntries(asked.map(({ topic, partitions }) => [topic, partitions])),
      }
      // The group's offsets first: it may go on in the meantime, but not past an end that is read later.
      const committed = await client.listCommittedOffsets({ topics: asked })
      const earliest = await client.listOffsets({ ...limits, timestamp: ListOffsetTimestamps.EARLIEST })
      const latest = await client.listOffsets({ ...limits, timestamp: ListOffsetTimestamps.LATEST })
      return of.map((one) => {
        const start = earliest.get(one.topic)?.[one.partition] ?? 0n
        const end = latest.get(one.topic)?.[one.partition] ?? start
        const begin = offsetReset === 'latest' ? end : start
        const known = committed.get(one.topic)?.[one.partition] ?? -1n
        return positionAt(one, known < start || known > end ? begin : known)
      })
    },
    async fetch(positions, patience) {
      const metadata = await client.metadata({ topics: [...topics] })
      const ids = new Map([...metadata.topics].map(([topic, { id }]) => [topic, id]))
      const leaders = Map.groupBy(
        positions,
        ({ topic, partition }) => metadata.topics.get(topic)?.partitions[partition]?.leader ?? -1,
      )
      const parts = await Promise.all([...leaders].map(([node, led]) => fetchFrom(node, led, ids, patience)))
      return new Map(parts.flat())
    },
    async commit(positions, identity) {
      if (positions.length === 0) return
      speakAs(identity)
      const offsets = positions.map(({ topic, partition, done }) => ({
        topic,
        partition,
        offset: done,
        leaderEpoch: -1,
      }))
      try {
        await client.commit({ offsets })
      } catch (error) {
        if (!isBetweenGenerations(error)) throw error
        return // the next round says it again
      }
      for (const [index, position] of positions.entries())
        position.committed = offsets[index]?.offset ?? position.committed
    },
    async [Symbol.asyncDispose]() {
      client.close(true).catch(() => {})
    },
  }
}

/** For a moment in a rebalance nobody may commit, or the member is a generation ahead of what it said here. */
function isBetweenGenerations(error: unknown): boolean {
  return ['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION'].some(
    (id) => findErrorBy(error as Error, 'apiId', id) !== null,
  )
}
