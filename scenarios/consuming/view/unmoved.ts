import type { EventOf } from '../../../proof/history/event.ts'
import type { ConsumerPlan } from '../plan.ts'
import type { ConsumerView } from './consumer-view.ts'
import { type Generation, ownersOf } from './group-log.ts'

/** An event on a partition where nothing took effect for so long, while the group changed. */
export interface Wait {
  readonly record: EventOf<'k.record'>
  readonly tx: EventOf<'pg.tx'>
  readonly milliseconds: number
}

type Resumed = Pick<Wait, 'record' | 'tx'>

/** The scenario restarts the members of the group one after the other. */
export function isRolling({ traits }: Pick<ConsumerPlan, 'traits'>): boolean {
  return traits.includes('rolling')
}

/** Each generation with the one before it. */
export function changesOf(generations: readonly Generation[]): (readonly [Generation, Generation])[] {
  return generations.slice(1).map((next, i) => [generations[i] as Generation, next])
}

/** Milliseconds: the longest that a partition that kept its owner stood still across a change, with work waiting. Null without a rolling restart. */
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

/**
 * Partitions that kept their owner, each with its first effect after the change, of an event that was there before it.
 * It waited since it was there, or since the effect before it: one that only waits for its turn does not stand still.
 */
export function* waitsAcross(before: Generation, next: Generation, view: ConsumerView): Generator<Wait> {
  const kept = keptBetween(before, next, view)
  const { at } = next
  const worked = new Map<number, number>()
  const resumed = new Map<number, Resumed>()
  for (const { deliveries, effects } of view.consumed) {
    const record = deliveries[0]?.record
    const tx = effects[0]?.tx
    if (record === undefined || tx === undefined || !kept.has(record.partition)) continue
    const { partition } = record
    if (tx.at <= at) worked.set(partition, Math.max(worked.get(partition) ?? 0, tx.at))
    else if (isSooner({ record, tx }, resumed.get(partition))) resumed.set(partition, { record, tx })
  }
  for (const [partition, { record, tx }] of resumed) {
    if (record.at >= at || movedOn(partition, next, tx.seq, view)) continue
    yield { record, tx, milliseconds: tx.at - Math.max(record.at, worked.get(partition) ?? 0) }
  }
}

/** Of what took effect in one transaction, that which was there first. */
function isSooner({ record, tx }: Resumed, than: Resumed | undefined): boolean {
  if (than === undefined || tx.at !== than.tx.at) return than === undefined || tx.at < than.tx.at
  return record.at < than.record.at
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
