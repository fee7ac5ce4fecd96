import type { EventOf } from '../../../proof/history/event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { ownersOf } from '../view/group-log.ts'
import { type TimeSpan, timeCovered } from './time-covered.ts'

/** An attempt that was made from a record on a retry topic. */
export interface Retry {
  readonly record: EventOf<'k.record'>
  /** As declared before it, in milliseconds. */
  readonly delay: number
  /** `seq` of what shows that it began. */
  readonly began: number
  /** When it began, and when it or what it led to was seen last. */
  readonly at: number
  readonly until: number
}

/** How often a reader may turn to each other partition between the moment when a retry is put there and its attempt. */
const TURNS = 2

/**
 * Milliseconds for which a retry was due and its reader waited for others of its topic, or worked on them. A reader that
 * works on one record after the other, and waits in front of each until that is due, serves its partitions in turn, so
 * that a retry may lie behind some that were put there later: of each other partition those that it had when this one
 * came, and those that it fetched together with it. A partition that has a third turn first is preferred, and no excuse.
 * Nor is waiting for one that is due itself: a reader that waits too long for each is found.
 * @param topic all retries of its topic, in the order in which they began
 */
export function timeBehind(retry: Retry, topic: readonly Retry[], view: ConsumerView): number {
  const { record, delay, began } = retry
  const due = record.at + delay
  const turns = new Map<number, number>()
  const spans: TimeSpan[] = []
  let last: number | undefined
  for (const other of topic) {
    if (other.began >= began) break
    if (other.began < record.seq || !mayShareReader(other, retry, view)) continue
    const { partition } = other.record
    const turn = (turns.get(partition) ?? 0) + (partition === last ? 0 : 1)
    turns.set(partition, turn)
    last = partition
    if (turn > TURNS && partition !== record.partition) continue
    spans.push({ from: due, to: other.record.at + other.delay }, { from: other.at, to: other.until })
  }
  return timeCovered(spans, { from: due, to: retry.at })
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
