import type { EventOf } from '../../../proof/history/event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { ownersOf } from '../view/group-log.ts'

/** An attempt that was made from a record on a retry topic. */
export interface Retry {
  readonly record: EventOf<'k.record'>
  /** As declared before it, in milliseconds. */
  readonly delay: number
  /** `seq` of what shows that it began. */
  readonly began: number
}

/** Times that a reader comes to a partition between the one when a record was put on another one and that one's own. */
const TURNS = 2

/**
 * Milliseconds that a retry may wait beyond its own delay: until the others of its topic were due that its reader took
 * first. A reader that works on one record after the other, and waits in front of each until that is due, serves its
 * partitions in turn, so that a retry may lie behind some that were put there later: of each other partition those that
 * it had when this one came, and those that it fetched together with it. A partition that has a third turn first is
 * preferred, and no excuse. Nor is anything one for the retry that is due last: who waits too long for each is found.
 * @param topic all retries of its topic, in the order in which they began
 */
export function waitBehind(retry: Retry, topic: readonly Retry[], view: ConsumerView): number {
  const { record, began } = retry
  const due = dueOf(retry)
  const turns = new Map<number, number>()
  let at: number | undefined
  let last = due
  for (const other of topic) {
    if (other.began >= began) break
    if (other.began < record.seq || !mayShareReader(other, retry, view)) continue
    const { partition } = other.record
    const turn = (turns.get(partition) ?? 0) + (partition === at ? 0 : 1)
    turns.set(partition, turn)
    at = partition
    if (turn <= TURNS || partition === record.partition) last = Math.max(last, dueOf(other))
  }
  return last - due
}

function dueOf({ record, delay }: Retry): number {
  return record.at + delay
}

/** No two members of the group that we follow had their partitions. */
function mayShareReader({ record: a }: Retry, { record: b, began }: Retry, { group }: ConsumerView): boolean {
  if (a.partition === b.partition) return true
  const generation = group.generations.findLast(({ seq }) => seq < began)
  if (generation === undefined) return true
  const owners = ownersOf(generation, a.topic)
  const [one, other] = [owners.get(a.partition), owners.get(b.partition)]
  return one === undefined || other === undefined || one === other
}
