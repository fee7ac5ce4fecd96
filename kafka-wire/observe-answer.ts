import type { Struct } from './codec/value.ts'
import { readAssignment } from './consumer-protocol.ts'
import type * as Body from './messages.ts'
import type { ApiName } from './schemas/api.ts'
import type { AnswerSeen, Origin, PartitionOffset, RequestSeen } from './seen.ts'
import type { TopicNames } from './topic-names.ts'

/** Kafka's UNKNOWN_TOPIC_OR_PARTITION. */
const NO_SUCH_TOPIC = 3

/** What a decoded answer said to its request, as far as that was read; undefined where it is of no interest. */
export function observeAnswer(
  api: ApiName,
  body: Struct,
  origin: Origin,
  names: TopicNames,
  request?: RequestSeen,
): AnswerSeen | undefined {
  const said = (more: object) => ({ ...origin, from: 'broker', api, ...more }) as never
  switch (api) {
    case 'produce': {
      const { responses } = body as unknown as Body.ProduceResponseBody
      const errors = responses.flatMap(({ partitionResponses }) => partitionResponses)
      return said({ error: firstError(errors), offsets: baseOffsets(body, names) })
    }
    case 'metadata': {
      const { topics } = body as unknown as Body.MetadataResponseBody
      return said({
        unknown: topics.flatMap(({ name, errorCode }) => (name && errorCode === NO_SUCH_TOPIC ? [name] : [])),
      })
    }
    case 'init-producer-id':
      return said({
        error: body.errorCode,
        producerId: Number(body.producerId),
        producerEpoch: body.producerEpoch,
      })
    case 'join-group': {
      const { errorCode, generationId, protocolName, leader, memberId } =
        body as unknown as Body.JoinGroupResponseBody
      const group = request?.api === api ? request.group : undefined
      return said({
        error: errorCode,
        group,
        generation: generationId,
        protocol: protocolName,
        leader,
        memberId,
      })
    }
    case 'sync-group': {
      const { errorCode, assignment } = body as unknown as Body.SyncGroupResponseBody
      const assigned = readAssignment(assignment)
      return said({ error: errorCode, ...(assigned ? { assigned } : {}) })
    }
    case 'heartbeat':
      return said({ error: body.errorCode })
    case 'consumer-group-heartbeat': {
      const answer = body as unknown as Body.ConsumerGroupHeartbeatResponseBody
      return said({
        error: answer.errorCode,
        memberId: answer.memberId,
        epoch: answer.memberEpoch,
        heartbeatIntervalMs: answer.heartbeatIntervalMs,
        assigned: answer.assignment && names.partitions(answer.assignment.topicPartitions),
      })
    }
    case 'offset-commit': {
      const { topics } = body as unknown as Body.OffsetCommitResponseBody
      return said({ error: firstError(topics.flatMap(({ partitions }) => partitions)) })
    }
    default:
      return undefined
  }
}

/** Where the broker stored each batch of a Produce request, as its answer says. */
export function baseOffsets(produceResponse: Struct, names: TopicNames): PartitionOffset[] {
  const { responses } = produceResponse as unknown as Body.ProduceResponseBody
  return responses.flatMap((topic) =>
    topic.partitionResponses
      .filter(({ errorCode }) => errorCode === 0)
      .map(({ index, baseOffset }) => ({
        topic: names.of(topic),
        partition: index,
        offset: Number(baseOffset),
      })),
  )
}

function firstError(partitions: readonly { readonly errorCode: number }[]): number {
  return partitions.find(({ errorCode }) => errorCode !== 0)?.errorCode ?? 0
}
