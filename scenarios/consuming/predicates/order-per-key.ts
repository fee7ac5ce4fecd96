import { counterexample, held, violated } from '../../../proof/findings.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import { mutated } from '../../../proof/mutation.ts'
import { predicate } from '../predicate.ts'
import { type ConsumedEvent, isDiverted, isFailing, keyOf } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { eventName, eventSubject } from './naming.ts'

interface Applied {
  readonly event: ConsumedEvent
  readonly offset: number
  readonly tx: EventOf<'pg.tx'>
}

type Pair = readonly [front: Applied, behind: Applied]

/**
 * OR3. Events of a key take effect in the order in which they lie on their partition.
 *
 * What can violate it: workers that share a key, a successor that begins before its predecessor has stopped.
 * How it is seen: commit LSNs of first effects against offsets of first records. What one transaction brought has no
 * order; what fails on purpose is RD6's matter, what went to a retry topic has left the order, and an event on two
 * partitions has none.
 */
export const orderPerKey = predicate({
  id: 'OR3',
  title: 'order of effects',
  claim: 'events of one key take effect in their order',
  promise: 'Events of a key take effect in the order in which they lie on their partition.',
  formal:
    "per key and partition: order of offsets = order of the commits of first effects; without what failed, went to a retry topic, or lies on two partitions (skipped for `order: 'none'`)",
  controls: ['C3'],
  violations: {
    'apply-inversion': {},
  },
  undeclared: ({ plan }) => (plan.consumer.order === 'none' ? 'no order is declared' : undefined),
  check(view) {
    if (view.plan.consumer.order === 'none') return held(this.id, 0)
    const pairs = ordered(view)
    const inverted = pairs.find(isInverted)
    if (inverted === undefined) return held(this.id, pairs.length)
    const [late, early] = inverted
    const says = `${eventName(early.event)} at offset ${early.offset} took effect at ${early.tx.commitLsn}, before what lies in front of it at offset ${late.offset} (${late.tx.commitLsn})`
    const seqs = [late.event, early.event].map(({ deliveries }) => deliveries[0]?.record.seq)
    return violated(
      this.id,
      'apply-inversion',
      counterexample(says, [...seqs, early.tx.seq, late.tx.seq], eventSubject(early.event)),
    )
  },
  /** The effects of two events of a key change places. */
  mutation: {
    says: 'swap the effects of two events of a key',
    applies: (view) => view.plan.consumer.order === 'per-key' && ordered(view).length > 0,
    apply(view) {
      const [pair] = ordered(view)
      if (pair === undefined) return undefined
      const [before, after] = [pair[0].tx, pair[1].tx]
      const replaced = [
        { ...before, commitLsn: after.commitLsn },
        { ...after, commitLsn: before.commitLsn },
      ]
      return mutated(view.events, { replaced })
    },
  },
})

/** Events with an effect that lie on one partition, in the order of their first offsets. */
export function inOffsetOrder(view: ConsumerView, wanted: (event: ConsumedEvent) => boolean): Applied[] {
  const applied: Applied[] = []
  for (const event of view.consumed) {
    const [first, ...copies] = event.deliveries
    const tx = event.effects[0]?.tx
    if (first === undefined || tx === undefined || !wanted(event)) continue
    if (copies.some(({ record }) => record.partition !== first.record.partition)) continue
    applied.push({ event, offset: first.record.offset, tx })
  }
  return applied.sort((a, b) => a.offset - b.offset)
}

/** What OR3 judges: pairs of events that neither failed on purpose nor left the order. */
export function ordered(view: ConsumerView): Pair[] {
  return pairsOf(inOffsetOrder(view, (event) => !isDiverted(event) && !isFailing(event)))
}

/** Neighbours of one key and partition that two transactions brought: the one in front, the one behind. */
export function pairsOf(applied: readonly Applied[]): Pair[] {
  const latest = new Map<string, Applied>()
  const pairs: Pair[] = []
  for (const one of applied) {
    const place = `${one.event.deliveries[0]?.record.partition} ${keyOf(one.event)}`
    const known = latest.get(place)
    if (known !== undefined && known.tx !== one.tx) pairs.push([known, one])
    latest.set(place, one)
  }
  return pairs
}

/** Their effects came the other way round. */
export function isInverted([front, behind]: Pair): boolean {
  return front.tx.commitLsn > behind.tx.commitLsn
}
