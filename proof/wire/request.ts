import { FrameReader } from './frame.ts'

/** What one Produce request asked for. */
export interface ProduceRequest {
  readonly clientId: string
  readonly apiVersion: number
  /** −1: all in-sync replicas. */
  readonly acks: number
  readonly transactional: boolean
  /** Every batch carries a producer id. */
  readonly idempotent: boolean
  /** Names; empty from version 13 on, where a request knows its topics by id only. */
  readonly topics: readonly string[]
}

export type ClientRequest =
  | { readonly api: 'produce'; readonly request: ProduceRequest }
  | { readonly api: 'api-versions'; readonly clientId: string; readonly software: string | undefined }
  | { readonly api: 'other' }

/** `first` is the oldest version with record batches of format 2; what comes after `last` may be laid out otherwise. */
const PRODUCE = { key: 0, first: 3, flexibleFrom: 9, topicIdsFrom: 13, last: 13 }
const API_VERSIONS = { key: 18, flexibleFrom: 3 }
/** Offset of the producer id in a record batch of format 2. */
const PRODUCER_ID = 43

/**
 * Reads the head of a request: who asks, and for Produce what for. Layouts are those of Kafka's message definitions
 * ProduceRequest.json (versions 3 to 13) and ApiVersionsRequest.json; other requests are not looked into.
 * @param frame a request without its length
 * @throws RangeError where the frame is cut
 */
export function readRequest(frame: Buffer): ClientRequest {
  const reader = new FrameReader(frame)
  const api = reader.int16()
  const version = reader.int16()
  reader.int32()
  const clientId = reader.string() ?? ''
  if (api === API_VERSIONS.key) {
    if (version < API_VERSIONS.flexibleFrom) return { api: 'api-versions', clientId, software: undefined }
    reader.skipTaggedFields()
    return { api: 'api-versions', clientId, software: `${reader.compactString()} ${reader.compactString()}` }
  }
  if (api !== PRODUCE.key || version < PRODUCE.first || version > PRODUCE.last) return { api: 'other' }
  return { api: 'produce', request: { clientId, apiVersion: version, ...readProduce(reader, version) } }
}

function readProduce(reader: FrameReader, version: number): Omit<ProduceRequest, 'clientId' | 'apiVersion'> {
  const flexible = version >= PRODUCE.flexibleFrom
  if (flexible) reader.skipTaggedFields()
  const length = () => (flexible ? reader.unsignedVarint() - 1 : reader.int32())
  const text = () => (flexible ? reader.compactString() : reader.string())
  const end = () => (flexible ? reader.skipTaggedFields() : undefined)
  const transactional = text() !== null
  const acks = reader.int16()
  reader.int32()
  const topics: string[] = []
  let idempotent = true
  for (let count = length(); count > 0; count--) {
    if (version >= PRODUCE.topicIdsFrom) reader.slice(16)
    else topics.push(text() ?? '')
    for (let partitions = length(); partitions > 0; partitions--) {
      reader.int32()
      const records = reader.slice(Math.max(0, length()))
      if (records.length > PRODUCER_ID + 8) idempotent &&= records.readBigInt64BE(PRODUCER_ID) >= 0n
      end()
    }
    end()
  }
  return { acks, transactional, idempotent, topics }
}
