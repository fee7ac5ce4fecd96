import { type ConsumedRecord, partitionName } from './record.ts'

/**
 * Spreads records over at most `count` lanes that are worked on at once. All records of a key are in one lane and
 * keep their order; those without a key go by their partition.
 */
export function lanes(
  records: readonly ConsumedRecord[],
  count: number,
): readonly (readonly ConsumedRecord[])[] {
  if (count === 1) return records.length === 0 ? [] : [records]
  return [...Map.groupBy(records, (record) => hash(laneKey(record)) % count).values()]
}

function laneKey(record: ConsumedRecord): Buffer {
  return record.key ?? Buffer.from(partitionName(record))
}

/** FNV-1a: short keys that differ in their last digits spread evenly. */
function hash(bytes: Buffer): number {
  let value = 0x811c9dc5
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193)
  return value >>> 0
}
