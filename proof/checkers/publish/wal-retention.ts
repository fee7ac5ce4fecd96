import type { Witness } from '../../finding.ts'
import type { PublisherView } from '../../history/publisher-view.ts'
import { witness } from '../findings.ts'

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
  for (const look of looksOf(view)) {
    if (look.seq < from || look.confirmed === null) continue
    if (start === undefined || (look.slot !== undefined && look.confirmed !== start.confirmedFlushLsn)) {
      start = look.slot
      continue
    }
    const grown = look.end - start.currentLsn
    if (look.at - start.at <= view.plan.bounds.recovery || grown <= TOLERATED) continue
    const seconds = ((look.at - start.at) / 1000).toFixed(1)
    const says = `slot ${start.slot} stood at ${start.confirmedFlushLsn} for ${seconds} s while ${grown} bytes of WAL were written`
    return witness(says, [start.seq, look.seq], {}, 'C')
  }
  return undefined
}

interface Look {
  readonly seq: number
  readonly at: number
  /** The end of the WAL as it was known then. */
  readonly end: number
  readonly confirmed: number | null | undefined
  readonly slot?: PublisherView['slots'][number]
}

/** Samples of the slot, and the last reading of the WAL: a slot that stands still gives no further sample. */
function looksOf({ slots, coverage }: PublisherView): Look[] {
  const looks: Look[] = slots.map((slot) => ({
    seq: slot.seq,
    at: slot.at,
    end: slot.currentLsn,
    confirmed: slot.confirmedFlushLsn,
    slot,
  }))
  const { flushed } = coverage
  if (flushed !== undefined) {
    looks.push({ seq: flushed.seq, at: flushed.at, end: flushed.lsn, confirmed: undefined })
  }
  return looks.sort((a, b) => a.seq - b.seq)
}
