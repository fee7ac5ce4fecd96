/** Bytes of a record batch of format 2 before its records. */
export const BATCH_HEAD = 61

/** Who wrote a batch and what it holds, from its first {@link BATCH_HEAD} bytes; undefined for older formats. */
export function readBatchHead(bytes: Buffer) {
  if (bytes.length < BATCH_HEAD || bytes.readInt8(16) !== 2) return undefined
  return {
    bytes: 12 + bytes.readInt32BE(8),
    producerId: Number(bytes.readBigInt64BE(43)),
    producerEpoch: bytes.readInt16BE(51),
    baseSequence: bytes.readInt32BE(53),
    records: bytes.readInt32BE(57),
  }
}
