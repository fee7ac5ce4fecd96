import type { ConsumerView } from '../view/consumer-view.ts'
import { ownersOf } from '../view/group-log.ts'

/** A partition of the declared topic that went from one member to another. */
export interface Move {
  readonly partition: number
  readonly from: string
  readonly to: string
  /** Of the generation in which the new owner has it. */
  readonly seq: number
}

/** Moves between two points of the history, in order; a partition may be without an owner on its way. */
export function movedBetween({ group, plan }: ConsumerView, from: number, to: number): Move[] {
  const owners = new Map<number, string>()
  const moves: Move[] = []
  for (const generation of group.generations) {
    if (generation.seq > to) break
    for (const [partition, member] of ownersOf(generation, plan.consumer.topic)) {
      const before = owners.get(partition)
      owners.set(partition, member)
      if (before !== undefined && before !== member && generation.seq > from)
        moves.push({ partition, from: before, to: member, seq: generation.seq })
    }
  }
  return moves
}
