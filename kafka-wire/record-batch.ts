import { type ErrorDetail, EventproofError, messageOf } from '../core/error.ts'
import { DECOMPRESS } from './decompress.ts'
import { FrameReader } from './frame.ts'

/** One record batch of message format 2. Source: Kafka documentation, "Record Batch". */
export interface RecordBatch {
  readonly baseOffset: number
  readonly lastOffset: number
  readonly producerId: number
  readonly producerEpoch: number
  readonly baseSequence: number
  readonly transactional: boolean
  readonly control: boolean
  readonly records: readonly LogRecord[]
}

export interface LogRecord {
  readonly offset: number
  readonly timestamp: number
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers: readonly { readonly name: string; readonly value: Buffer | null }[]
}

/** What a batch holds stays unknown, however often it is fetched; where it ends is known. */
export class BatchNotReadable extends EventproofError {
  override readonly code = 'EVENTPROOF_BATCH_NOT_READABLE'
  readonly baseOffset: number
  readonly lastOffset: number

  constructor(baseOffset: number, lastOffset: number, detail: Omit<ErrorDetail, 'where'>) {
    super('a record batch can’t be read', { ...detail, where: `offset ${baseOffset}` })
    this.baseOffset = baseOffset
    this.lastOffset = lastOffset
  }
}

const HEADER = 61

/**
 * Decodes whole batches; a batch that the broker cut at the end of a fetch is left out, as the protocol asks.
 * @throws {BatchNotReadable} with what came before it given out
 */
export function* readBatches(bytes: Buffer): Generator<RecordBatch> {
  let at = 0
  while (at + HEADER <= bytes.length) {
    const length = bytes.readInt32BE(at + 8)
    const end = at + 12 + length
    if (end > bytes.length) return
    yield readBatch(bytes.subarray(at, end))
    at = end
  }
}

function readBatch(bytes: Buffer): RecordBatch {
  const reader = new FrameReader(bytes)
  const baseOffset = reader.int64()
  reader.int32()
  reader.int32()
  const magic = reader.int8()
  if (magic !== 2) {
    throw new BatchNotReadable(baseOffset, baseOffset, {
      what: `message format ${magic}, expected 2`,
      hint: 'have the topic written by a client that is younger than Kafka 0.11',
    })
  }
  reader.int32()
  const attributes = reader.int16()
  const lastOffset = baseOffset + reader.int32()
  const baseTimestamp = reader.int64()
  const maxTimestamp = reader.int64()
  const producerId = reader.int64()
  const producerEpoch = reader.int16()
  const baseSequence = reader.int32()
  const count = reader.int32()
  const body = bytes.subarray(reader.at)
  const head = { baseOffset, lastOffset, codec: attributes & 7, count, baseTimestamp }
  const records =
    (attributes & 8) !== 0 ? readRecords(head, body).map(appendedAt(maxTimestamp)) : readRecords(head, body)
  return {
    baseOffset,
    lastOffset,
    producerId,
    producerEpoch,
    baseSequence,
    transactional: (attributes & 16) !== 0,
    control: (attributes & 32) !== 0,
    records,
  }
}

interface Packed {
  readonly baseOffset: number
  readonly lastOffset: number
  readonly codec: number
  readonly count: number
  readonly baseTimestamp: number
}

function readRecords(packed: Packed, bytes: Buffer): readonly LogRecord[] {
  const { baseOffset, lastOffset, codec, count, baseTimestamp } = packed
  const decompress = DECOMPRESS[codec]
  if (decompress === undefined) {
    throw new BatchNotReadable(baseOffset, lastOffset, {
      what: `it is compressed with codec ${codec}; none, gzip, snappy, lz4 and zstd can be read`,
      hint: 'set compression.type to one of these on the producer under test',
    })
  }
  try {
    const body = new FrameReader(decompress(bytes))
    return Array.from({ length: count }, () => readRecord(body, baseOffset, baseTimestamp))
  } catch (cause) {
    throw new BatchNotReadable(baseOffset, lastOffset, {
      what: `its ${count} records, compressed with codec ${codec}, can’t be decoded: ${messageOf(cause)}`,
      hint: 'set compression.type to none on the producer under test, and report it',
      cause,
    })
  }
}

/** The broker's own time in the place of the producer's. */
const appendedAt = (timestamp: number) => (record: LogRecord) => ({ ...record, timestamp })

function readRecord(reader: FrameReader, baseOffset: number, baseTimestamp: number): LogRecord {
  reader.varint()
  reader.int8()
  const timestamp = baseTimestamp + reader.varint()
  const offset = baseOffset + reader.varint()
  const key = readBytes(reader)
  const value = readBytes(reader)
  const headers = Array.from({ length: reader.varint() }, () => ({
    name: reader.slice(reader.varint()).toString('utf8'),
    value: readBytes(reader),
  }))
  return { offset, timestamp, key, value, headers }
}

function readBytes(reader: FrameReader): Buffer | null {
  const length = reader.varint()
  return length < 0 ? null : reader.slice(length)
}
