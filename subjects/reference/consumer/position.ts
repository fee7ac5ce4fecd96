import type { ConsumedRecord, TopicPartition } from './record.ts'

/** How far a partition was read, for as long as it is this member's. */
export interface Position extends TopicPartition {
  /** The offset to fetch next, behind everything in `waiting`. */
  next: bigint
  /** Fetched, not yet taken. */
  waiting: ConsumedRecord[]
  /** The offset behind the last record that needs no more work. */
  done: bigint
  /** What the group was told of `done`. */
  committed: bigint
  /** The first record waits for this time, in milliseconds since 1970. */
  dueAt: number
}

export function positionAt({ topic, partition }: TopicPartition, offset: bigint): Position {
  return { topic, partition, next: offset, waiting: [], done: offset, committed: offset, dueAt: 0 }
}

/**
 * Takes up to `most` records that are due, as evenly over the partitions as there are any, each partition in order.
 * A partition whose first record is not due yet is held until it is.
 */
export function take(
  positions: readonly Position[],
  most: number,
  now: number,
  dueAt: (record: ConsumedRecord) => number,
): ConsumedRecord[] {
  const taken: ConsumedRecord[] = []
  let ready = positions.filter(({ waiting }) => waiting.length > 0)
  while (ready.length > 0 && taken.length < most) {
    const share = Math.ceil((most - taken.length) / ready.length)
    for (const position of ready) {
      const room = Math.min(share, most - taken.length)
      const offered = position.waiting.slice(0, room)
      const early = offered.find((record) => dueAt(record) > now)
      position.dueAt = early === undefined ? 0 : dueAt(early)
      taken.push(...position.waiting.splice(0, early === undefined ? room : offered.indexOf(early)))
    }
    ready = ready.filter(({ waiting, dueAt }) => waiting.length > 0 && dueAt <= now)
  }
  return taken
}

/**
 * Moves `done` behind the records that need no more work, up to the first one that does; from that one on the
 * partition is fetched again.
 * @param taken the partition's records of this round, in order
 */
export function settle(
  position: Position,
  taken: readonly ConsumedRecord[],
  done: ReadonlySet<ConsumedRecord>,
): void {
  const undone = taken.find((record) => !done.has(record))
  const ahead = position.waiting[0]
  if (undone !== undefined) {
    position.done = undone.offset
    position.next = undone.offset
    position.waiting = []
    position.dueAt = 0
  } else position.done = ahead === undefined ? position.next : ahead.offset
}
