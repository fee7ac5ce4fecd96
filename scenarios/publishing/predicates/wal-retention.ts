import type { Counterexample } from '../../../proof/finding.ts'
import { counterexample } from '../../../proof/findings.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/** Bytes of WAL that an idle slot may hold back before we call it growth. */
const TOLERATED = 1024 * 1024

/**
 * The slot holds WAL back although everything of the publisher is through: over a whole recovery bound, in which
 * nothing was committed, published or hurt, its position stands still while the WAL that others write (other tables,
 * other databases) lies behind it.
 */
export function walRetention(view: PublisherView): Counterexample | undefined {
  const { recovery } = view.plan.bounds
  const quietSince = quietness(view)
  let start: EventOf<'pg.slot'> | undefined
  for (const look of looksOf(view)) {
    const slot = look.kind === 'pg.slot' ? look : undefined
    if (slot?.confirmedFlushLsn === null) start = undefined
    else if (
      start === undefined ||
      start.seq < quietSince(look.seq) ||
      (slot !== undefined && slot.confirmedFlushLsn !== start.confirmedFlushLsn)
    )
      start = slot
    if (start === undefined || look.at - start.at <= recovery) continue
    const confirmed = start.confirmedFlushLsn ?? 0
    const behind = (look.kind === 'pg.slot' ? look.currentLsn : look.lsn) - confirmed
    if (behind <= TOLERATED) continue
    const seconds = ((look.at - start.at) / 1000).toFixed(1)
    const says = `slot ${start.slot} stood at ${confirmed} for ${seconds} s with ${behind} bytes of WAL behind it, and nothing was to be published: a heartbeat has to write where it captures (Debezium’s heartbeat.action.query), for its beat alone confirms no position`
    return counterexample(says, [start.seq, look.seq], {}, 'C')
  }
  return undefined
}

/** Samples of the slot, and readings of the end of the WAL, in order: a slot that stands still gives no further sample. */
function looksOf({ events }: PublisherView): (EventOf<'pg.slot'> | EventOf<'pg.flushed'>)[] {
  return events.filter((event) => event.kind === 'pg.slot' || event.kind === 'pg.flushed')
}

/**
 * For positions that rise: the last moment before each at which something happened to the publisher. What is owed is
 * something that goes on: from its commit until its record nothing is quiet.
 */
function quietness(view: PublisherView): (seq: number) => number {
  const owed = view
    .expectedEvents()
    .filter((event) => !view.undeliverable(event))
    .map(({ tx, records, parked }) => ({
      from: tx.event.seq,
      to: records.at(-1)?.record.seq ?? parked?.seq ?? Number.POSITIVE_INFINITY,
    }))
  let next = 0
  let last = 0
  return (seq) => {
    for (let span = owed[next]; span !== undefined && span.from < seq; span = owed[++next])
      last = Math.max(last, span.to)
    const moment = view.disturbances.before(seq)
    const disturbed = moment === undefined ? 0 : moment.active > 0 ? seq : moment.seq
    return Math.max(last, disturbed)
  }
}
