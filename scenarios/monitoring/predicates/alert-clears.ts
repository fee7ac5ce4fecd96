import { counterexample, held, stalled, unknown } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { lengthened } from '../mutations/lengthened.ts'
import { predicate } from '../predicate.ts'
import { firingAt } from '../view/alert-state.ts'
import type { MonitoringView, Stretch } from '../view/monitoring-view.ts'
import { secondsGive } from './words.ts'

/**
 * LG4. The alert ends when nothing waits any more.
 *
 * What can violate it: the worst of an hour in the place of what is now, an alert that somebody has to close, a monitor
 * that goes on reporting what it saw last.
 * How it is seen: nothing waits, by the broker's own numbers, for as long as the end may take; its end has to reach the
 * webhook by then.
 */
export const alertClears = predicate({
  id: 'LG4',
  title: 'all clear',
  claim: 'the alert ends when nothing waits any more',
  promise: 'An alert that is there means that something is wrong now.',
  formal:
    'the alert is there and no event waits from t on ⇒ its end reaches the webhook by t + its `keep_firing_for` + the time of a scrape, of an evaluation and of its delivery',
  controls: ['O2'],
  violations: {
    'alert-stays': {},
  },
  undeclared: ({ plan }) => (plan.monitoring.alert ? undefined : 'no alert is put to the test here'),
  check(view) {
    const { alert, topic } = view.plan.monitoring
    if (alert === undefined) return held(this.id, 0)
    const { clears } = view.plan.bounds
    const error = view.blindness
    const stays = calm(view).find(({ from, to }) => {
      const due = from.at + clears + error
      return to.at > due && firingAt(view.turns, from.at) && firingAt(view.turns, due)
    })
    if (stays !== undefined) {
      const fired = view.turns.findLast(({ firing, alert }) => firing && alert.at <= stays.to.at)?.alert
      const says = `nothing waited on ${topic}, and the alert ${alert.name} was still there ${secondsGive(clears, error)} later`
      return stalled(
        this.id,
        'alert-stays',
        counterexample(says, [fired?.seq, stays.from.seq, stays.to.seq], {}, 'C'),
      )
    }
    const ends = view.turns.filter(({ firing }) => !firing).length
    if (ends === 0) return unknown(this.id, 'there was no alert that could end')
    return held(this.id, ends)
  },
  /** Its end never comes, and time passes. */
  mutation: {
    says: 'take away the end of the alert, and let its time pass',
    applies: ({ plan }) => plan.monitoring.alert !== undefined,
    apply(view) {
      const ended = view.turns.find(({ firing }) => !firing)?.alert
      const last = view.looks.at(-1)
      if (ended === undefined || last === undefined) return undefined
      const after = view.turns.filter(({ alert }) => alert.seq >= ended.seq).map(({ alert }) => alert.seq)
      const still = { ...last, partitions: last.partitions.map((one) => ({ ...one, committed: one.end })) }
      const { added, replaced } = lengthened(view, still, view.plan.bounds.clears)
      return mutated(view.events, { without: after, added, replaced: [...replaced, still] })
    },
  },
})

function calm(view: MonitoringView): readonly Stretch[] {
  return view.stretches(({ most }) => most === 0)
}
