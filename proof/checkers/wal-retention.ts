import type { Witness } from '../finding.ts'
import type { PublisherView } from '../history/publisher-view.ts'
import { witness } from './findings.ts'

/** Bytes of WAL that an idle slot may hold back before we call it growth. */
const TOLERATED = 1024 * 1024

/**
 * The slot holds WAL back although everything of the publisher is through: over a whole recovery bound without a
 * fault its position stands still while the end of the WAL goes on (other tables, other databases).
 */
export function walRetention(view: PublisherView): Witness | undefined {
  const lastEvent = view.expectedEvents().at(-1)?.tx.event.seq ?? 0
  const from = Math.max(lastEvent, view.disturbances.allCleared?.seq ?? 0)
  if (view.disturbances.stillActive || view.unpublished().length > 0) return undefined
  let start: (typeof view.slots)[number] | undefined
  for (const slot of view.slots) {
    if (slot.seq < from || slot.confirmedFlushLsn === null) continue
    if (start?.confirmedFlushLsn !== slot.confirmedFlushLsn) {
      start = slot
      continue
    }
    const grown = slot.currentLsn - start.currentLsn
    if (slot.at - start.at <= view.plan.bounds.recovery || grown <= TOLERATED) continue
    const says = `slot ${slot.slot} stood at ${slot.confirmedFlushLsn} for ${((slot.at - start.at) / 1000).toFixed(1)} s while ${grown} bytes of WAL were written`
    return witness(says, [start.seq, slot.seq], {}, 'C')
  }
  return undefined
}
