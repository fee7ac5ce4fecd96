import { encode } from './codec/encode.ts'
import type { Struct } from './codec/value.ts'
import { FrameWriter } from './frame.ts'
import type { RequestHead } from './head.ts'
import type { OffsetCommitRequestBody, ProduceRequestBody, TopicRef } from './messages.ts'
import type { Api, Layout } from './schemas/message.ts'
import type { TopicNames } from './topic-names.ts'

/** APIs whose requests are refused here; of others the broker's answer is changed. */
export function canRefuse({ name }: Api): boolean {
  return name === 'produce' || name === 'offset-commit' || name === 'txn-offset-commit'
}

/** The whole answer to a request that the broker never saw: the error for every partition in it. */
export function refusal(api: Api, head: RequestHead, request: Struct, error: number): Buffer {
  const layout = api.response(head.version) as Layout
  const header = new FrameWriter().int32(head.correlationId)
  if (layout.flexible) header.unsignedVarint(0)
  const body = api.name === 'produce' ? refusedProduce(request, error) : refusedCommit(request, error)
  return encode(layout, body, header).framed()
}

function refusedProduce(request: Struct, errorCode: number): Struct {
  const { topicData } = request as unknown as ProduceRequestBody
  const responses = topicData.map(({ name = '', topicId, partitionData }) => ({
    name,
    ...(topicId ? { topicId } : {}),
    partitionResponses: partitionData.map(({ index }) => ({ index, errorCode, baseOffset: -1n })),
  }))
  return { responses }
}

function refusedCommit(request: Struct, errorCode: number): Struct {
  const { topics } = request as unknown as OffsetCommitRequestBody
  const refused = topics.map(({ name = '', topicId, partitions }) => ({
    name,
    ...(topicId ? { topicId } : {}),
    partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })),
  }))
  return { topics: refused }
}

/**
 * Sets every error code in a decoded answer, and takes away the records of what now failed.
 * @param topic only what is said of this topic, where an answer speaks of topics at all
 */
export function markFailed(body: Struct, error: number, names: TopicNames, topic?: string): void {
  const perTopic = ['topics', 'responses', 'groups'].some((field) => field in body)
  mark(body, error, names, perTopic ? topic : undefined)
}

function mark(body: Struct, error: number, names: TopicNames, topic: string | undefined): void {
  const own = 'partitions' in body ? names.of(topicOf(body)) : undefined
  if (topic !== undefined && own !== undefined && own !== topic) return
  const within = own === undefined ? topic : undefined
  if (within === undefined && 'errorCode' in body) {
    body.errorCode = error
    if ('records' in body) body.records = Buffer.alloc(0)
  }
  for (const value of Object.values(body)) {
    if (Array.isArray(value)) for (const each of value) if (isStruct(each)) mark(each, error, names, within)
  }
}

/** Fetch says topic where all others say name. */
function topicOf(body: Struct): TopicRef {
  const { name = body.topic, topicId } = body as { name?: string | null; topic?: string; topicId?: string }
  return { ...(name == null ? {} : { name }), ...(topicId ? { topicId } : {}) } as TopicRef
}

function isStruct(value: unknown): value is Struct {
  return typeof value === 'object' && value !== null && !Buffer.isBuffer(value)
}
