import { factsOf } from '../../../proof/history/recorded-fact.ts'
import type { PublisherView } from '../view/publisher-view.ts'

declare module '../../../proof/history/fact.ts' {
  interface Facts {
    /** A replication slot was dropped by the harness. */
    'slot.dropped': true
  }
}

/** A replication slot was lost or dropped: what was committed in [`from`, `to`) never passes through a slot. */
export interface SlotLoss {
  /** The event that shows the loss. */
  readonly seq: number
  readonly from: number
  readonly to: number
  /** The first sample of the slot that took its place. */
  readonly recovered: { readonly seq: number; readonly at: number } | undefined
}

/** Seen as `wal_status = lost`, as a slot without positions, or as a fact `slot.dropped`. */
export function slotLossesOf(view: PublisherView): SlotLoss[] {
  const { slots, facts } = view
  const drops = factsOf(facts, 'slot.dropped').filter(({ subject }) => subject === view.plan.publisher.slot)
  const losses: SlotLoss[] = []
  let confirmed = 0
  let lost: number | undefined
  let drop = 0
  for (const slot of slots) {
    const dropped = drops[drop]
    if (dropped !== undefined && dropped.seq < slot.seq) {
      lost ??= dropped.seq
      drop++
    }
    const gone = slot.walStatus === 'lost' || (slot.confirmedFlushLsn === null && slot.restartLsn === null)
    if (gone) lost ??= slot.seq
    else if (slot.confirmedFlushLsn !== null) {
      if (lost !== undefined) {
        losses.push({ seq: lost, from: confirmed, to: slot.confirmedFlushLsn, recovered: slot })
        lost = undefined
      }
      confirmed = slot.confirmedFlushLsn
    }
  }
  const last = lost ?? drops[drop]?.seq
  if (last !== undefined)
    losses.push({ seq: last, from: confirmed, to: Number.POSITIVE_INFINITY, recovered: undefined })
  return losses
}
