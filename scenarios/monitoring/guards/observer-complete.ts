import { observerComplete as guard } from '../../../proof/guards/observer-complete.ts'
import type { MonitoringView } from '../view/monitoring-view.ts'

/** Milliseconds without a look after which too much may have happened unseen. */
const BLIND = 5000

/** Guard 6: looks without a hole, and what they saw at last is what the broker's own log of offsets says. */
export const observerComplete = guard<MonitoringView>((view) => {
  const { coverage, backlogs, tolds, commits, blindness } = view
  const seconds = (blindness / 1000).toFixed(1)
  const looks = backlogs.reduce((sum, { looks }) => sum + looks.length, 0)
  return {
    coverage,
    missing: [
      ...backlogs.flatMap(({ declared, looks }) =>
        looks.length < 2 ? [`nobody looked at the ${declared.of}`] : [],
      ),
      ...(blindness > BLIND ? [`there was no look for ${seconds} s`] : []),
      ...otherThanLogged(view),
    ],
    says: `${looks} looks, at most ${seconds} s apart, ${tolds.length} questions to the monitor, ${commits.length} offset commits`,
  }
})

/** The last look against the last commit of each partition: two ways to the same offset. */
function otherThanLogged(view: MonitoringView): string[] {
  const last = view.backlog('lag')?.looks.at(-1)
  return (last?.parts ?? []).flatMap(({ part, done }) => {
    const logged = view.commits.findLast(({ partition }) => String(partition) === part)?.offset ?? -1
    if (logged === (done ?? -1)) return []
    return [`offset ${done} of partition ${part} was seen, and ${logged} was logged last`]
  })
}
