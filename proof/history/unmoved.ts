import type { ConsumerView } from './consumer-view.ts'
import type { EventOf } from './event.ts'
import { type Generation, ownersOf } from './group-log.ts'
import type { ConsumerPlan } from './plan.ts'

/** An event that waited while the group changed. */
export interface Wait {
  readonly record: EventOf<'k.record'>
  readonly tx: EventOf<'pg.tx'>
  readonly milliseconds: number
}

/** The scenario restarts the members of the group one after the other. */
export function isRolling({ windows }: Pick<ConsumerPlan, 'windows'>): boolean {
  return windows.includes('rolling-restart')
}

/** Each generation with the one before it. */
export function changesOf(generations: readonly Generation[]): (readonly [Generation, Generation])[] {
  return generations.slice(1).map((next, i) => [generations[i] as Generation, next])
}

/** Milliseconds: the longest wait across any change, of events on partitions that kept their owner. Null without a rolling restart. */
export function unmovedWait(view: ConsumerView): number | null {
  if (!isRolling(view.plan)) return null
  let longest = 0
  for (const [before, next] of changesOf(view.group.generations)) {
    for (const { milliseconds } of waitsAcross(before, next, view)) longest = Math.max(longest, milliseconds)
  }
  return longest
}

function keptBetween(before: Generation, next: Generation, { plan }: ConsumerView): Set<number> {
  const owners = ownersOf(before, plan.consumer.topic)
  const kept = [...ownersOf(next, plan.consumer.topic)].filter(
    ([partition, member]) => owners.get(partition) === member,
  )
  return new Set(kept.map(([partition]) => partition))
}

/** Events that were there before the change and took effect after it, on partitions that kept their owner. */
export function* waitsAcross(before: Generation, next: Generation, view: ConsumerView): Generator<Wait> {
  const kept = keptBetween(before, next, view)
  const { at } = next
  for (const { deliveries, effects } of view.consumed) {
    const record = deliveries[0]?.record
    const tx = effects[0]?.tx
    if (record === undefined || tx === undefined || !kept.has(record.partition)) continue
    if (record.at >= at || tx.at <= at || movedOn(record.partition, next, tx.seq, view)) continue
    yield { record, tx, milliseconds: tx.at - record.at }
  }
}

/** Another one had it before the effect came: its owner went away, and the wait is that for a new one. */
function movedOn(partition: number, since: Generation, to: number, { group, plan }: ConsumerView): boolean {
  const { topic } = plan.consumer
  const owner = ownersOf(since, topic).get(partition)
  return group.generations.some(
    (generation) =>
      generation.seq > since.seq &&
      generation.seq < to &&
      ownersOf(generation, topic).get(partition) !== owner,
  )
}
