import { EventproofError } from '../core/error.ts'
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

export class BatchNotReadable extends EventproofError {
  override readonly code = 'EVENTPROOF_BATCH_NOT_READABLE'
}

const HEADER = 61

/** Decodes whole batches; a batch that the broker cut at the end of a fetch is left out, as the protocol asks. */
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
    throw new BatchNotReadable('a record batch can’t be read', {
      what: `message format ${magic}, expected 2`,
      where: `offset ${baseOffset}`,
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
  const body = new FrameReader(decompress(attributes & 7, bytes.subarray(reader.at), baseOffset))
  const logAppendTime = (attributes & 8) !== 0
  const records = Array.from({ length: count }, () => {
    const record = readRecord(body, baseOffset, baseTimestamp)
    return logAppendTime ? { ...record, timestamp: maxTimestamp } : record
  })
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

function decompress(codec: number, bytes: Buffer, offset: number): Buffer {
  const read = DECOMPRESS[codec]
  if (read !== undefined) return read(bytes)
  throw new BatchNotReadable('a record batch can’t be read', {
    what: `it is compressed with codec ${codec}; none, gzip, snappy, lz4 and zstd can be read`,
    where: `offset ${offset}`,
    hint: 'set compression.type to one of these on the producer under test',
  })
}
