import { type Guard, metUnless } from '../../../proof/guards/guard.ts'
import type { ScalingView } from '../view/scaling-view.ts'

/** Milliseconds without a look at the replicas after which too much may have happened unseen. */
const BLIND = 5000

/** Guard 6: the observers saw everything: samples without a hole, the database past the last event, the cluster's events. */
export const observerComplete: Guard<ScalingView> = {
  id: 'observer',
  title: 'the observers saw everything',
  otherwise: 'INCONCLUSIVE',
  look({ view }) {
    const { gaps, flushed } = view.coverage
    const blind = view.lag.blindness(0, Number.POSITIVE_INFINITY)
    const missing = [
      ...gaps.map(({ observer, reason }) => `the ${observer} observer has a gap: ${reason}`),
      ...disorder(view),
    ]
    if (view.samples.length < 2) missing.push('nobody sampled lag and replicas')
    if (blind > BLIND) missing.push(`nobody looked for ${(blind / 1000).toFixed(1)} s`)
    if (view.said.length === 0) missing.push('no event of the cluster was seen')
    const last = Math.max(view.inputs.at(-1)?.seq ?? 0, view.replicas.spans.at(-1)?.from.seq ?? 0)
    if (flushed === undefined || flushed.seq < last)
      missing.push('the database observer has not seen past the last event and the last scaling')
    return metUnless(
      missing,
      `${view.samples.length} looks, at most ${(blind / 1000).toFixed(1)} s apart, ${view.said.length} events of the cluster, the WAL to ${flushed?.lsn}`,
    )
  },
}

/** Our own history: each event once, in order, on a clock that does not run back. */
function disorder({ events }: ScalingView): string[] {
  let last = events[0]
  for (const event of events) {
    if (last === undefined || event === last) continue
    if (event.seq <= last.seq) return [`event ${event.seq} comes after ${last.seq}`]
    if (event.at < last.at) return [`the clock ran back at event ${event.seq}`]
    last = event
  }
  return []
}
