import type { PublisherView } from '../history/publisher-view.ts'
import { type Guard, metUnless } from './guard.ts'

/** Guard 6: the witnesses saw everything: each offset, each commit, each command's outcome. */
export const observerComplete: Guard = {
  id: 'observer',
  title: 'the witnesses saw everything',
  otherwise: 'INCONCLUSIVE',
  look({ view }) {
    const { gaps, ends } = view.coverage
    const missing = [
      ...gaps.map(({ witness, reason }) => `the ${witness} witness has a gap: ${reason}`),
      ...unreadOffsets(view),
      ...unseenCommits(view),
    ]
    const open = view.commands.all.filter(({ outcome }) => outcome === undefined).length
    if (open > 0) missing.push(`${open} commands have no outcome`)
    const offsets = [...ends.values()].reduce((sum, { end }) => sum + end, 0)
    return metUnless(
      missing,
      `${ends.size} partitions read without a gap (${offsets} offsets), the WAL to ${view.coverage.flushed?.lsn}, ${view.commands.all.length} commands resolved`,
    )
  },
}

/** Every offset is a record or the end marker of a Kafka transaction; what else is missing was not read. */
function unreadOffsets(view: PublisherView): string[] {
  const { ends } = view.coverage
  if (ends.size === 0) return [`no partition of ${view.plan.publisher.topic} was read to its end`]
  const seen = new Map<number, Set<number>>()
  const see = ({ partition, offset }: { partition: number; offset: number }) => {
    const offsets = seen.get(partition)
    if (offsets === undefined) seen.set(partition, new Set([offset]))
    else offsets.add(offset)
  }
  for (const { record } of view.records) see(record)
  for (const control of view.controls) see(control)
  const missing: string[] = []
  for (const [partition, { from, end }] of ends) {
    let read = 0
    for (const offset of seen.get(partition) ?? []) if (offset < end) read++
    if (from > 0) missing.push(`partition ${partition} was read from ${from} on`)
    else if (read < end) missing.push(`partition ${partition}: ${end - read} of ${end} offsets were not read`)
  }
  for (const partition of seen.keys()) {
    if (!ends.has(partition)) missing.push(`partition ${partition} was not read to its end`)
  }
  const last = view.expectedEvents().at(-1)?.tx.event.seq ?? 0
  if (!view.coverage.logReadSince(last)) missing.push('the log was not read to its end after the last commit')
  return missing
}

function unseenCommits(view: PublisherView): string[] {
  const { flushed } = view.coverage
  if (flushed === undefined) return ['the database witness never said how far it has seen']
  const answers = view.commands.all.reduce((last, { outcome }) => Math.max(last, outcome?.seq ?? 0), 0)
  const last = view.expectedEvents().at(-1)?.tx
  if (flushed.seq < answers) return ['the database witness has not seen past the last command']
  if (last !== undefined && flushed.lsn < last.commitLsn)
    return ['the database witness has not seen past the last commit']
  return []
}
