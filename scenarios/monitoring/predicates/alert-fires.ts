import { counterexample, held, stalled, unknown } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { lengthened } from '../mutations/lengthened.ts'
import { predicate } from '../predicate.ts'
import type { Backlog } from '../view/backlog.ts'
import { overBacklogs } from './over-backlogs.ts'
import { says, secondsGive } from './words.ts'

/**
 * LG3. Somebody is told that too much waits.
 *
 * What can violate it: a rule on another group, topic or slot, a threshold that is never reached, a metric by another
 * name, an alert that goes nowhere.
 * How it is seen: more than may wait did so, by the broker’s and the database’s own numbers, for as long as the alert
 * may take; it has to reach the webhook by then. What was sent in the form of Alertmanager's API counts as much as a
 * call of its own.
 */
export const alertFires = predicate({
  id: 'LG3',
  title: 'alert',
  claim: 'an alert tells of each thing that waits too long',
  promise: 'Where more waits than may wait, somebody is told in time.',
  formal:
    'more than `alert.above` waits from t on ⇒ the alert reaches the webhook by t + its `for` + the time of a scrape, of an evaluation and of its delivery',
  controls: ['O2'],
  violations: {
    'alert-missing': {},
  },
  undeclared: ({ alerting }) => (alerting.length > 0 ? undefined : 'no alert is put to the test here'),
  check(view) {
    return overBacklogs(this.id, view.alerting, (backlog) => {
      const { alert } = backlog.declared
      if (alert === undefined) return held(this.id, 0)
      const { fires, name, above } = alert
      const behind = backlog.tooMuch
      const error = backlog.blindness
      const late = behind.find(({ from, to }) => {
        const due = from.at + fires + error
        return to.at > due && !firedBetween(backlog, from.at, due) && !backlog.firingAt(due)
      })
      if (late !== undefined) {
        const text = `more than ${says(backlog, above)}, and no alert ${name} came within ${secondsGive(fires, error)}`
        return stalled(this.id, 'alert-missing', counterexample(text, [late.from.seq, late.to.seq], {}, 'C'))
      }
      const told = behind.filter(({ from, to }) =>
        firedBetween(backlog, from.at, Math.max(to.at, from.at + fires + error)),
      )
      if (told.length === 0)
        return unknown(this.id, `never did more than ${says(backlog, above)} for as long as ${name} may take`)
      return held(this.id, told.length)
    })
  },
  /** The alert is gone, and its time passes. */
  mutation: {
    says: 'take away the alert, and let it wait for as long as it may take',
    applies: ({ alerting }) => alerting.length > 0,
    apply(view) {
      for (const backlog of view.alerting) {
        const [first] = backlog.tooMuch
        const { alert } = backlog.declared
        if (first === undefined || alert === undefined) continue
        const without = view.events.filter(({ kind }) => kind === 'alert').map(({ seq }) => seq)
        return mutated(view.events, { without, ...lengthened(view, first.to, alert.fires) })
      }
      return undefined
    },
  },
})

function firedBetween({ turns }: Backlog, from: number, to: number): boolean {
  return turns.some(({ firing, alert }) => firing && alert.at >= from && alert.at <= to)
}
