import { decode } from './codec/decode.ts'
import type { Struct } from './codec/value.ts'
import { assignmentLayout, type Layout, type Scalar } from './schemas/message.ts'

/** One record of `__consumer_offsets`. A content that is null was deleted (a tombstone). */
export type OffsetRecord =
  | {
      readonly kind: 'commit'
      readonly group: string
      readonly topic: string
      readonly partition: number
      readonly offset: number | null
    }
  /** Classic protocol: a whole generation at once. */
  | { readonly kind: 'generation'; readonly group: string; readonly generation: Generation | null }
  /** Consumer protocol (KIP-848): piece by piece. */
  | { readonly kind: 'epoch'; readonly group: string; readonly epoch: number | null }
  | {
      readonly kind: 'member'
      readonly group: string
      readonly memberId: string
      readonly member: MemberFacts | null
    }
  | {
      readonly kind: 'owned'
      readonly group: string
      readonly memberId: string
      readonly owned: readonly TopicIdPartitions[] | null
    }

export interface Generation {
  readonly generation: number
  /** The assignor that the members agreed on; null while there are none. */
  readonly protocol: string | null
  readonly members: readonly {
    readonly memberId: string
    readonly clientId: string
    readonly instanceId: string | null
    readonly owned: readonly { readonly topic: string; readonly partitions: readonly number[] }[]
  }[]
}

export interface MemberFacts {
  readonly clientId: string
  readonly instanceId: string | null
  /** The assignor that this member asked the broker for; null: the broker's default. */
  readonly assignor: string | null
}

export interface TopicIdPartitions {
  /** base64url, as Kafka prints it. */
  readonly topicId: string
  readonly partitions: readonly number[]
}

/** Name → type, in order; `[{…}]` is a list of structures. */
type Fields = { readonly [name: string]: Scalar | `[]${Scalar}` | readonly [Fields] }

/**
 * By the version in front of a key. All layouts here are those of the message definitions in Kafka's
 * group-coordinator jar. Left out: target assignments (6, 7), which are what the broker wants and not what is, and
 * share and streams groups.
 */
const KEYS: Readonly<Record<number, Fields>> = {
  0: { group: 'string', topic: 'string', partition: 'int32' }, // LegacyOffsetCommit
  1: { group: 'string', topic: 'string', partition: 'int32' }, // OffsetCommit
  2: { group: 'string' }, // GroupMetadata
  3: { group: 'string' }, // ConsumerGroupMetadata
  5: { group: 'string', memberId: 'string' }, // ConsumerGroupMemberMetadata
  8: { group: 'string', memberId: 'string' }, // ConsumerGroupCurrentMemberAssignment
}

const GENERATION = (version: number): Fields => ({
  protocolType: 'string',
  generation: 'int32',
  protocol: 'string',
  leader: 'string',
  ...(version >= 2 ? { currentStateTimestamp: 'int64' } : {}),
  members: [
    {
      memberId: 'string',
      ...(version >= 3 ? { instanceId: 'string' } : {}),
      clientId: 'string',
      clientHost: 'string',
      ...(version >= 1 ? { rebalanceTimeout: 'int32' } : {}),
      sessionTimeout: 'int32',
      subscription: 'bytes',
      assignment: 'bytes',
    },
  ],
})
const MEMBER: Fields = {
  instanceId: 'string',
  rackId: 'string',
  clientId: 'string',
  clientHost: 'string',
  subscribedTopicNames: '[]string',
  subscribedTopicRegex: 'string',
  rebalanceTimeout: 'int32',
  assignor: 'string',
}
const PARTITIONS: Fields = { topicId: 'uuid', partitions: '[]int32' }
const OWNED: Fields = {
  memberEpoch: 'int32',
  previousMemberEpoch: 'int32',
  state: 'int8',
  assigned: [PARTITIONS],
  pendingRevocation: [PARTITIONS],
}

/**
 * @param wanted the groups that are looked into; a commit is also of a topic
 * @returns undefined for a record of another group or another kind
 * @throws RangeError where the bytes are cut
 */
export function readOffsetRecord(
  key: Buffer,
  value: Buffer | null,
  wanted: (group: string, topic?: string) => boolean,
): OffsetRecord | undefined {
  const type = key.readInt16BE(0)
  const layout = KEYS[type]
  if (layout === undefined) return undefined
  const { group, topic, partition, memberId } = read<Key>(layout, false, key)
  if (!wanted(group, topic)) return undefined
  if (type === 2) return { kind: 'generation', group, generation: value && generationOf(value) }
  if (type === 5) return { kind: 'member', group, memberId, member: value && memberOf(value) }
  if (type === 8) return { kind: 'owned', group, memberId, owned: value && ownedOf(value) }
  // Both begin with what is wanted, in every version; newer ones only add tagged fields behind it (KIP-915).
  if (type === 3) return { kind: 'epoch', group, epoch: value?.readInt32BE(2) ?? null }
  return { kind: 'commit', group, topic, partition, offset: value && Number(value.readBigInt64BE(2)) }
}

interface Key {
  readonly group: string
  readonly topic: string
  readonly partition: number
  readonly memberId: string
}

interface StoredGeneration {
  readonly protocolType: string
  readonly generation: number
  readonly protocol: string | null
  readonly members: readonly {
    readonly memberId: string
    readonly instanceId?: string | null
    readonly clientId: string
    readonly assignment: Buffer
  }[]
}

function generationOf(value: Buffer): Generation {
  const version = value.readInt16BE(0)
  const stored = read<StoredGeneration>(GENERATION(version), version >= 4, value)
  // Connect's workers and others use the same protocol with an assignment of their own kind.
  const ofConsumers = stored.protocolType === 'consumer'
  return {
    generation: stored.generation,
    protocol: stored.protocol || null,
    members: stored.members.map(({ memberId, instanceId = null, clientId, assignment }) => ({
      memberId,
      clientId,
      instanceId,
      owned: ofConsumers ? assigned(assignment) : [],
    })),
  }
}

/** Newer versions may only add to the end, so they are read as the last one that is known. */
function assigned(assignment: Buffer): Generation['members'][number]['owned'] {
  if (assignment.length < 2) return []
  const layout = assignmentLayout(Math.min(assignment.readInt16BE(0), 3)) as Layout
  const { assignedPartitions } = decode(layout, assignment.subarray(2)) as unknown as {
    assignedPartitions: Generation['members'][number]['owned']
  }
  return assignedPartitions
}

function memberOf(value: Buffer): MemberFacts {
  const { clientId, instanceId, assignor } = read<MemberFacts>(MEMBER, true, value)
  return { clientId, instanceId, assignor }
}

/** What a member has been asked to give up is its own until it says that it did. */
function ownedOf(value: Buffer): readonly TopicIdPartitions[] {
  const { assigned, pendingRevocation } = read<{
    assigned: readonly TopicIdPartitions[]
    pendingRevocation: readonly TopicIdPartitions[]
  }>(OWNED, true, value)
  return [...assigned, ...pendingRevocation].map(({ topicId, partitions }) => ({ topicId, partitions }))
}

/** Keys and values begin with their version. */
function read<T>(fields: Fields, flexible: boolean, bytes: Buffer): T {
  return decode(layoutOf(fields, flexible), bytes.subarray(2)) as Struct as T
}

function layoutOf(fields: Fields, flexible: boolean): Layout {
  return {
    flexible,
    fields: Object.entries(fields).map(([name, type]) =>
      typeof type === 'string'
        ? { name, type: type.replace('[]', '') as Scalar, array: type.startsWith('[]'), nullable: true }
        : { name, type: layoutOf(type[0], flexible), array: true, nullable: false },
    ),
    tagged: new Map(),
  }
}
