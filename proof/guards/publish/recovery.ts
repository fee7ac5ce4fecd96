import type { PublisherView } from '../../history/publisher-view.ts'
import { type Guard, isControlRun, metUnless } from '../guard.ts'

/** Guard 3: the way back ran: after each fault something that was owed came on the log. */
export const recovery: Guard<PublisherView> = {
  id: 'recovery',
  title: 'the recovery path ran',
  otherwise: 'VACUOUS',
  look(evidence) {
    if (isControlRun(evidence)) return { met: true, evidence: 'a control run: nothing to recover from' }
    const { view } = evidence
    const { faults, gates, restarts } = view.disturbances
    const spans = [
      ...faults.map(({ name, target, armed, cleared, lasting }) => ({
        what: `${name} on ${target}`,
        from: armed,
        to: lasting ? (cleared ?? armed) : cleared,
      })),
      ...gates.map(({ gate, key, closed, opened }) => ({
        what: `the ${gate} gate of ${key}`,
        from: closed,
        to: opened,
      })),
    ]
    if (spans.length === 0) return { met: false, evidence: 'no fault was there to recover from' }
    const first = view.expectedEvents().map(({ tx, records }) => ({
      committed: tx.event.seq,
      published: records[0]?.record.seq ?? Number.NEGATIVE_INFINITY,
    }))
    const last = first.reduce((latest, { published }) => Math.max(latest, published), 0)
    const missing = spans
      .filter(({ to }) => to === undefined || last < to.seq)
      .map(({ what }) => `nothing was published after ${what} was cleared`)
    const held = first.filter(({ committed, published }) =>
      spans.some(({ to }) => to !== undefined && committed < to.seq && published > to.seq),
    ).length
    return metUnless(
      [...new Set(missing)],
      `published after each of ${spans.length} faults; ${held} events were committed before a fault was cleared and published after it; ${restarts.length} restarts`,
    )
  },
}
