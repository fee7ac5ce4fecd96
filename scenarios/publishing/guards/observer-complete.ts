import { observerComplete as guard } from '../../../proof/guards/observer-complete.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/** Guard 6: the observers saw everything: each offset, each commit, each command's outcome. */
export const observerComplete = guard<PublisherView>((view) => {
  const { coverage, commands, removed } = view
  const open = commands.all.filter(({ outcome }) => outcome === undefined).length
  const offsets = [...coverage.ends.values()].reduce((sum, { end }) => sum + end, 0)
  const gone = removed.reduce((sum, { from, to }) => sum + to - from, 0)
  const compaction = gone === 0 ? '' : `, ${gone} of them gone before`
  return {
    coverage,
    last: {
      what: 'the last command',
      seq: commands.all.reduce((last, { outcome }) => Math.max(last, outcome?.seq ?? 0), 0),
      lsn: view.expectedEvents().at(-1)?.tx.commitLsn,
    },
    missing: [...unread(view), ...(open > 0 ? [`${open} commands have no outcome`] : [])],
    says: `${coverage.ends.size} partitions read without a gap (${offsets} offsets${compaction}), ${commands.all.length} commands resolved`,
  }
})

/** Every offset is a record or the end marker of a Kafka transaction; what else is missing was not read. */
function unread(view: PublisherView): readonly string[] {
  const { ends, holes } = view.coverage
  if (ends.size === 0) return [`no partition of ${view.plan.publisher.topic} was read to its end`]
  if (holes.length > 0) return holes
  const last = view.expectedEvents().at(-1)?.tx.event.seq ?? 0
  const since = [...ends.values()].every(({ seq }) => seq > last)
  return since ? [] : ['the log was not read to its end after the last commit']
}
