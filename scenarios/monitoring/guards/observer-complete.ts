import { observerComplete as guard } from '../../../proof/guards/observer-complete.ts'
import type { MonitoringView } from '../view/monitoring-view.ts'

/** Milliseconds without a look after which too much may have happened unseen. */
const BLIND = 5000

/** Guard 6: looks without a hole, and what they saw at last is what the broker's own log of offsets says. */
export const observerComplete = guard<MonitoringView>((view) => {
  const { coverage, looks, tolds, commits, blindness } = view
  const seconds = (blindness / 1000).toFixed(1)
  return {
    coverage,
    missing: [
      ...(looks.length < 2 ? ['nobody looked at what waits'] : []),
      ...(blindness > BLIND ? [`there was no look for ${seconds} s`] : []),
      ...otherThanLogged(view),
    ],
    says: `${looks.length} looks, at most ${seconds} s apart, ${tolds.length} questions to the monitor, ${commits.length} offset commits`,
  }
})

/** The last look against the last commit of each partition: two ways to the same offset. */
function otherThanLogged({ looks, commits }: MonitoringView): string[] {
  const last = looks.at(-1)
  return (last?.partitions ?? []).flatMap(({ partition, committed }) => {
    const logged = commits.findLast((commit) => commit.partition === partition)?.offset ?? -1
    if (logged === (committed ?? -1)) return []
    return [`offset ${committed} of partition ${partition} was seen, and ${logged} was logged last`]
  })
}
