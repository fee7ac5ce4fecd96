import { counterexample, held, stalled, unknown } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { lengthened } from '../mutations/lengthened.ts'
import { predicate } from '../predicate.ts'
import { firingAt } from '../view/alert-state.ts'
import type { MonitoringView, Stretch } from '../view/monitoring-view.ts'
import { secondsGive } from './words.ts'

/**
 * LG3. Somebody is told that a consumer falls behind.
 *
 * What can violate it: a rule on another group or topic, a threshold that is never reached, a metric by another name, an
 * alert that goes nowhere.
 * How it is seen: more events than may wait did so, by the broker's own numbers, for as long as the alert may take; it
 * has to reach the webhook by then. What was sent in the form of Alertmanager's API counts as much as a call of its own.
 */
export const alertFires = predicate({
  id: 'LG3',
  title: 'alert',
  claim: 'an alert tells that the consumer falls behind',
  promise: 'Where more events wait than may wait, somebody is told in time.',
  formal:
    'more than `alert.above` events wait from t on ⇒ the alert reaches the webhook by t + its `for` + the time of a scrape, of an evaluation and of its delivery',
  controls: ['O2'],
  violations: {
    'alert-missing': {},
  },
  undeclared: ({ plan }) => (plan.monitoring.alert ? undefined : 'no alert is put to the test here'),
  check(view) {
    const { alert, topic } = view.plan.monitoring
    if (alert === undefined) return held(this.id, 0)
    const { fires } = view.plan.bounds
    const behind = tooMany(view)
    const error = view.blindness
    const late = behind.find((stretch) => {
      const due = stretch.from.at + fires + error
      return (
        stretch.to.at > due && !view.turns.some(isWithin(stretch.from.at, due)) && !firingAt(view.turns, due)
      )
    })
    if (late !== undefined) {
      const says = `more than ${alert.above} events waited on ${topic}, and no alert ${alert.name} came within ${secondsGive(fires, error)}`
      return stalled(this.id, 'alert-missing', counterexample(says, [late.from.seq, late.to.seq], {}, 'C'))
    }
    const told = behind.filter(({ from, to }) =>
      view.turns.some(isWithin(from.at, Math.max(to.at, from.at + fires + error))),
    )
    if (told.length === 0)
      return unknown(this.id, 'too many events never waited for as long as the alert may take')
    return held(this.id, told.length)
  },
  /** The alert is gone, and its time passes. */
  mutation: {
    says: 'take away the alert, and let events wait for as long as it may take',
    applies: ({ plan }) => plan.monitoring.alert !== undefined,
    apply(view) {
      const [first] = tooMany(view)
      if (first === undefined) return undefined
      const without = view.events.filter(({ kind }) => kind === 'alert').map(({ seq }) => seq)
      return mutated(view.events, { without, ...lengthened(view, first.to, view.plan.bounds.fires) })
    },
  },
})

/** Times in which more waited than may wait unheard. */
function tooMany(view: MonitoringView): readonly Stretch[] {
  const { above = Number.POSITIVE_INFINITY } = view.plan.monitoring.alert ?? {}
  return view.stretches(({ least }) => least > above)
}

function isWithin(from: number, to: number) {
  return ({ firing, alert }: MonitoringView['turns'][number]): boolean =>
    firing && alert.at >= from && alert.at <= to
}
