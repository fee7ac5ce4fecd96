import { BATCH_HEAD, readBatchHead } from './batch-head.ts'
import type { Struct } from './codec/value.ts'
import { readAssignment, readSubscription } from './consumer-protocol.ts'
import type * as Body from './messages.ts'
import type { ApiName } from './schemas/api.ts'
import type { Origin, RequestSeen } from './seen.ts'
import type { TopicNames } from './topic-names.ts'

/** What a decoded request asked for. @param fetching topics of the connection's fetch session so far; kept up to date */
export function observeRequest(
  api: ApiName,
  body: Struct,
  origin: Origin,
  names: TopicNames,
  fetching: Set<string>,
): RequestSeen {
  const asked = <T>(read: (body: T) => object) =>
    ({ ...origin, from: 'client', api, ...read(body as T) }) as never
  switch (api) {
    case 'produce':
      return asked((body: Body.ProduceRequestBody) => produce(body, names))
    case 'fetch':
      return asked((body: Body.FetchRequestBody) => fetch(body, names, fetching))
    case 'join-group':
      return asked(joinGroup)
    case 'sync-group':
      return asked((body: Body.SyncGroupRequestBody) => ({
        ...member(body),
        assignments: body.assignments.map(({ memberId, assignment }) => ({
          memberId,
          partitions: readAssignment(assignment),
        })),
      }))
    case 'heartbeat':
      return asked(member)
    case 'leave-group':
      return asked((body: Body.LeaveGroupRequestBody) => ({
        group: body.groupId,
        members: body.members?.map(({ memberId }) => memberId) ?? [body.memberId ?? ''],
        reason: body.members?.[0]?.reason ?? null,
      }))
    case 'consumer-group-heartbeat':
      return asked((body: Body.ConsumerGroupHeartbeatRequestBody) => ({
        group: body.groupId,
        generation: body.memberEpoch,
        memberId: body.memberId,
        instanceId: body.instanceId,
        rebalanceTimeoutMs: body.rebalanceTimeoutMs,
        serverAssignor: body.serverAssignor,
        topics: body.subscribedTopicNames,
        owned: body.topicPartitions && names.partitions(body.topicPartitions),
      }))
    case 'offset-commit':
      return asked((body: Body.OffsetCommitRequestBody) => ({
        ...member({ ...body, generationId: body.generationIdOrMemberEpoch }),
        ...committing(body.topics, names),
      }))
    case 'txn-offset-commit':
      return asked((body: Body.TxnOffsetCommitRequestBody) => ({
        ...member({ generationId: -1, memberId: '', ...body }),
        transactionalId: body.transactionalId,
        ...committing(body.topics, names),
      }))
    case 'offset-fetch':
      return asked(({ groups, groupId = '', topics = null }: Body.OffsetFetchRequestBody) => {
        const asked = groups ?? [{ groupId, topics }]
        return {
          groups: asked.map(({ groupId }) => groupId),
          topics: asked.flatMap(({ topics }) => topics?.map((topic) => names.of(topic)) ?? []),
        }
      })
    case 'init-producer-id':
      return asked(({ transactionalId, transactionTimeoutMs }: Body.InitProducerIdRequestBody) => ({
        transactionalId,
        transactionTimeoutMs,
      }))
    case 'find-coordinator':
      return asked(({ key = '', coordinatorKeys, keyType = 0 }: Body.FindCoordinatorRequestBody) => ({
        keys: coordinatorKeys ?? [key],
        coordinates: keyType === 0 ? 'group' : keyType === 1 ? 'transaction' : 'share',
      }))
    case 'metadata':
      return asked(({ topics }: Body.MetadataRequestBody) => ({
        topics: topics?.map((topic) => names.of(topic)) ?? null,
      }))
    case 'api-versions':
    case 'describe-cluster':
      return asked(() => ({}))
  }
}

function produce(
  { acks, timeoutMs, transactionalId, topicData }: Body.ProduceRequestBody,
  names: TopicNames,
) {
  const heads = topicData.flatMap((topic) =>
    topic.partitionData.map(({ index, records }) => ({
      topic: names.of(topic),
      partition: index,
      batch: records && readBatchHead(records.subarray(0, BATCH_HEAD)),
    })),
  )
  const batches = heads.flatMap(({ batch, ...where }) => (batch ? [{ ...where, ...batch }] : []))
  return {
    acks,
    timeoutMs,
    transactionalId,
    idempotent: batches.every(({ producerId }) => producerId >= 0),
    topics: topicData.map((topic) => names.of(topic)),
    batches,
  }
}

function fetch(body: Body.FetchRequestBody, names: TopicNames, fetching: Set<string>) {
  const name = ({ topic, topicId }: { topic?: string; topicId?: string }) =>
    names.of({ ...(topic === undefined ? {} : { name: topic }), ...(topicId ? { topicId } : {}) })
  if ((body.sessionEpoch ?? -1) <= 0) fetching.clear()
  for (const topic of body.forgottenTopicsData ?? []) fetching.delete(name(topic))
  for (const topic of body.topics) fetching.add(name(topic))
  const positions = body.topics.flatMap((topic) =>
    topic.partitions.map(({ partition, fetchOffset }) => ({
      topic: name(topic),
      partition,
      offset: Number(fetchOffset),
    })),
  )
  return {
    maxWaitMs: body.maxWaitMs,
    minBytes: body.minBytes,
    maxBytes: body.maxBytes,
    isolation: body.isolationLevel === 1 ? 'read_committed' : 'read_uncommitted',
    rack: body.rackId ?? '',
    topics: [...fetching],
    positions,
  }
}

function joinGroup(body: Body.JoinGroupRequestBody) {
  const protocols = body.protocols.map(({ name, metadata }) => {
    const subscription = body.protocolType === 'consumer' ? readSubscription(metadata) : undefined
    return { name, ...(subscription ? { subscription } : {}) }
  })
  return {
    group: body.groupId,
    memberId: body.memberId,
    instanceId: body.groupInstanceId ?? null,
    protocolType: body.protocolType,
    protocols,
    sessionTimeoutMs: body.sessionTimeoutMs,
    // Version 0 has one timeout for both.
    rebalanceTimeoutMs: body.rebalanceTimeoutMs ?? body.sessionTimeoutMs,
    reason: body.reason ?? null,
    topics: [...new Set(protocols.flatMap(({ subscription }) => subscription?.topics ?? []))],
  }
}

function member({ groupId, generationId, memberId, groupInstanceId = null }: Body.MemberRequestBody) {
  return { group: groupId, generation: generationId, memberId, instanceId: groupInstanceId }
}

/** How far a group is to be, by partition. */
function committing(topics: Body.OffsetCommitRequestBody['topics'], names: TopicNames) {
  return {
    topics: topics.map((topic) => names.of(topic)),
    offsets: topics.flatMap((topic) =>
      topic.partitions.map(({ partitionIndex, committedOffset }) => ({
        topic: names.of(topic),
        partition: partitionIndex,
        offset: Number(committedOffset),
      })),
    ),
  }
}
