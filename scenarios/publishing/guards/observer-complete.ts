import { type Guard, metUnless } from '../../../proof/guards/guard.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/** Guard 6: the observers saw everything: each offset, each commit, each command's outcome. */
export const observerComplete: Guard<PublisherView> = {
  id: 'observer',
  title: 'the observers saw everything',
  otherwise: 'INCONCLUSIVE',
  look({ view }) {
    const { gaps, ends } = view.coverage
    const missing = [
      ...gaps.map(({ observer, reason }) => `the ${observer} observer has a gap: ${reason}`),
      ...disorder(view),
      ...unread(view),
      ...unseenCommits(view),
    ]
    const open = view.commands.all.filter(({ outcome }) => outcome === undefined).length
    if (open > 0) missing.push(`${open} commands have no outcome`)
    const offsets = [...ends.values()].reduce((sum, { end }) => sum + end, 0)
    const removed = view.removed.reduce((sum, { from, to }) => sum + to - from, 0)
    const compaction = removed === 0 ? '' : `, ${removed} of them gone before`
    return metUnless(
      missing,
      `${ends.size} partitions read without a gap (${offsets} offsets${compaction}), the WAL to ${view.coverage.flushed?.lsn}, ${view.commands.all.length} commands resolved`,
    )
  },
}

/** Our own history: each event once, in order, on a clock that does not run back. */
function disorder({ events }: PublisherView): string[] {
  let last = events[0]
  for (const event of events) {
    if (last === undefined || event === last) continue
    if (event.seq <= last.seq) return [`event ${event.seq} comes after ${last.seq}`]
    if (event.at < last.at) return [`the clock ran back at event ${event.seq}`]
    last = event
  }
  return []
}

/** Every offset is a record or the end marker of a Kafka transaction; what else is missing was not read. */
function unread(view: PublisherView): string[] {
  const { ends, holes } = view.coverage
  if (ends.size === 0) return [`no partition of ${view.plan.publisher.topic} was read to its end`]
  if (holes.length > 0) return [...holes]
  const last = view.expectedEvents().at(-1)?.tx.event.seq ?? 0
  const since = [...ends.values()].every(({ seq }) => seq > last)
  return since ? [] : ['the log was not read to its end after the last commit']
}

function unseenCommits(view: PublisherView): string[] {
  const { flushed } = view.coverage
  if (flushed === undefined) return ['the database observer never said how far it has seen']
  const answers = view.commands.all.reduce((last, { outcome }) => Math.max(last, outcome?.seq ?? 0), 0)
  const last = view.expectedEvents().at(-1)?.tx
  if (flushed.seq < answers) return ['the database observer has not seen past the last command']
  if (last !== undefined && flushed.lsn < last.commitLsn)
    return ['the database observer has not seen past the last commit']
  return []
}
