import type { EventOf } from '../../../proof/history/event.ts'
import type { PartitionLook } from '../../../proof/history/lag-kinds.ts'

export type Look = EventOf<'lag.look'>

/** How many events can have waited, at the least and at the most. */
export interface Waited {
  readonly least: number
  readonly most: number
}

/**
 * What can have waited on a partition at any moment between two looks. Ends only rise, and so do a group's offsets, but
 * where they are reset: no order in which a monitor asks for the two gives it another number.
 */
export function waitedOn(partition: number, before: Look, after: Look): Waited {
  const [first, last] = [before, after].map((look) => placeIn(look, partition))
  const from = first ?? NOTHING
  const to = last ?? from
  const positions = [positionOf(from), positionOf(to)]
  return {
    least: Math.max(0, from.end - Math.max(...positions)),
    most: Math.max(0, to.end - Math.min(...positions)),
  }
}

/** The same over all partitions. */
export function waitedInAll(before: Look, after: Look): Waited {
  const all = partitionsOf(before, after).map((partition) => waitedOn(partition, before, after))
  return {
    least: all.reduce((sum, { least }) => sum + least, 0),
    most: all.reduce((sum, { most }) => sum + most, 0),
  }
}

export function partitionsOf(...looks: readonly Look[]): readonly number[] {
  return [...new Set(looks.flatMap(({ partitions }) => partitions.map(({ partition }) => partition)))]
}

const NOTHING: Omit<PartitionLook, 'partition'> = { begin: 0, end: 0, committed: null }

function placeIn({ partitions }: Look, wanted: number): Omit<PartitionLook, 'partition'> | undefined {
  return partitions.find(({ partition }) => partition === wanted)
}

/** Where nothing was committed, all that can be read waits. */
function positionOf({ begin, committed }: Omit<PartitionLook, 'partition'>): number {
  return Math.max(begin, committed ?? begin)
}
