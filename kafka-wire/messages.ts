/**
 * The decoded messages that are looked into, as far as they are: field names are those of Kafka's definitions, and
 * a field that a version lacks is absent.
 */
export interface TopicRef {
  readonly name?: string | null
  readonly topicId?: string
}

export interface ProduceRequestBody {
  readonly transactionalId: string | null
  readonly acks: number
  readonly timeoutMs: number
  readonly topicData: readonly (TopicRef & {
    readonly partitionData: readonly { readonly index: number; readonly records: Buffer | null }[]
  })[]
}

export interface ProduceResponseBody {
  readonly responses: readonly (TopicRef & {
    readonly partitionResponses: readonly {
      readonly index: number
      readonly errorCode: number
      readonly baseOffset: bigint
    }[]
  })[]
}

export interface FetchRequestBody {
  readonly maxWaitMs: number
  readonly minBytes: number
  readonly maxBytes: number
  readonly isolationLevel: number
  readonly rackId?: string
  /** 0 or −1: the request names all that is fetched. */
  readonly sessionEpoch?: number
  readonly topics: readonly {
    readonly topic?: string
    readonly topicId?: string
    readonly partitions: readonly { readonly partition: number; readonly fetchOffset: bigint }[]
  }[]
  readonly forgottenTopicsData?: readonly { readonly topic?: string; readonly topicId?: string }[]
}

export interface FetchResponseBody {
  readonly responses: readonly {
    readonly topic: string
    readonly partitions: readonly {
      readonly partitionIndex: number
      readonly errorCode: number
      readonly highWatermark: bigint
      readonly records: Buffer | null
    }[]
  }[]
}

export interface JoinGroupRequestBody {
  readonly groupId: string
  readonly sessionTimeoutMs: number
  readonly rebalanceTimeoutMs?: number
  readonly memberId: string
  readonly groupInstanceId?: string | null
  readonly protocolType: string
  readonly protocols: readonly { readonly name: string; readonly metadata: Buffer }[]
  readonly reason?: string | null
}

export interface JoinGroupResponseBody {
  readonly errorCode: number
  readonly generationId: number
  readonly protocolName: string | null
  readonly leader: string
  readonly memberId: string
  readonly members: readonly { readonly memberId: string }[]
}

export interface MemberRequestBody {
  readonly groupId: string
  readonly generationId: number
  readonly memberId: string
  readonly groupInstanceId?: string | null
}

export interface SyncGroupRequestBody extends MemberRequestBody {
  readonly assignments: readonly { readonly memberId: string; readonly assignment: Buffer }[]
}

export interface SyncGroupResponseBody {
  readonly errorCode: number
  readonly assignment: Buffer
}

export interface LeaveGroupRequestBody {
  readonly groupId: string
  readonly memberId?: string
  readonly members?: readonly { readonly memberId: string; readonly reason?: string | null }[]
}

export interface TopicPartitionsBody {
  readonly topicId: string
  readonly partitions: readonly number[]
}

export interface ConsumerGroupHeartbeatRequestBody {
  readonly groupId: string
  readonly memberId: string
  readonly memberEpoch: number
  readonly instanceId: string | null
  readonly rebalanceTimeoutMs: number
  readonly subscribedTopicNames: readonly string[] | null
  readonly subscribedTopicRegex?: string | null
  readonly serverAssignor: string | null
  readonly topicPartitions: readonly TopicPartitionsBody[] | null
}

export interface ConsumerGroupHeartbeatResponseBody {
  readonly errorCode: number
  readonly memberId: string | null
  readonly memberEpoch: number
  readonly heartbeatIntervalMs: number
  readonly assignment: { readonly topicPartitions: readonly TopicPartitionsBody[] } | null
}

export interface OffsetCommitRequestBody {
  readonly groupId: string
  readonly generationIdOrMemberEpoch: number
  readonly memberId: string
  readonly groupInstanceId?: string | null
  readonly topics: readonly (TopicRef & {
    readonly partitions: readonly { readonly partitionIndex: number; readonly committedOffset: bigint }[]
  })[]
}

export interface TxnOffsetCommitRequestBody
  extends Omit<OffsetCommitRequestBody, 'generationIdOrMemberEpoch' | 'memberId'> {
  readonly transactionalId: string
  /** From version 3 on. */
  readonly generationId?: number
  readonly memberId?: string
}

export interface OffsetCommitResponseBody {
  readonly topics: readonly (TopicRef & {
    readonly partitions: readonly { readonly partitionIndex: number; readonly errorCode: number }[]
  })[]
}

export interface OffsetFetchRequestBody {
  readonly groupId?: string
  readonly topics?: readonly TopicRef[] | null
  readonly groups?: readonly { readonly groupId: string; readonly topics: readonly TopicRef[] | null }[]
}

export interface InitProducerIdRequestBody {
  readonly transactionalId: string | null
  readonly transactionTimeoutMs: number
}

export interface FindCoordinatorRequestBody {
  readonly key?: string
  readonly keyType?: number
  readonly coordinatorKeys?: readonly string[]
}

export interface MetadataRequestBody {
  readonly topics: readonly TopicRef[] | null
}

export interface MetadataResponseBody {
  readonly topics: readonly (TopicRef & { readonly errorCode: number })[]
}

export interface ApiVersionsRequestBody {
  readonly clientSoftwareName?: string
  readonly clientSoftwareVersion?: string
}
