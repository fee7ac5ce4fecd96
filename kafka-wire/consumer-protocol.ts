import { decode } from './codec/decode.ts'
import type { Struct } from './codec/value.ts'
import { assignmentLayout, type Layout, subscriptionLayout } from './schemas/message.ts'
import type { OfferedProtocol, TopicPartition } from './seen.ts'

interface Topics {
  readonly topic: string
  readonly partitions: readonly number[]
}

/**
 * What a member of a classic consumer group subscribes to and owns (ConsumerProtocolSubscription of JoinGroup's
 * metadata); undefined for bytes that are not such a message, as those of Connect's workers.
 */
export function readSubscription(bytes: Buffer): OfferedProtocol['subscription'] {
  const body = read(bytes, subscriptionLayout) as
    | (Struct & { topics: readonly string[]; ownedPartitions?: readonly Topics[] })
    | undefined
  return body && { topics: body.topics, owned: flat(body.ownedPartitions ?? []) }
}

/** What SyncGroup gives to a member (ConsumerProtocolAssignment); empty bytes are an empty assignment. */
export function readAssignment(bytes: Buffer): readonly TopicPartition[] | undefined {
  if (bytes.length === 0) return []
  const body = read(bytes, assignmentLayout) as
    | (Struct & { assignedPartitions: readonly Topics[] })
    | undefined
  return body && flat(body.assignedPartitions)
}

/** A later version only adds fields at the end; some clients write a version and leave out what it added. */
function read(bytes: Buffer, layoutOf: (version: number) => Layout | undefined): Struct | undefined {
  if (bytes.length < 2) return undefined
  for (let version = Math.min(3, bytes.readInt16BE(0)); version >= 0; version--) {
    try {
      return decode(layoutOf(version) as Layout, bytes.subarray(2))
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
  }
  return undefined
}

function flat(topics: readonly Topics[]): TopicPartition[] {
  return topics.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition })))
}
