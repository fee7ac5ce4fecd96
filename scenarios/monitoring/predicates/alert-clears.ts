import { counterexample, held, stalled, unknown } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { lengthened } from '../mutations/lengthened.ts'
import { predicate } from '../predicate.ts'
import { overBacklogs } from './over-backlogs.ts'
import { says, secondsGive } from './words.ts'

/**
 * LG4. The alert ends when nothing waits any more.
 *
 * What can violate it: the worst of an hour in the place of what is now, an alert that somebody has to close, a monitor
 * that goes on reporting what it saw last, letters that are counted for ever.
 * How it is seen: nothing waits, by the broker’s and the database’s own numbers, for as long as the end may take; it has
 * to reach the webhook by then. Where a part of it always waits (a slot keeps what no checkpoint has passed), half of what may wait is as good
 * as nothing.
 */
export const alertClears = predicate({
  id: 'LG4',
  title: 'all clear',
  claim: 'the alert ends when nothing waits any more',
  promise: 'An alert that is there means that something is wrong now.',
  formal:
    'the alert is there and as good as nothing waits from t on ⇒ its end reaches the webhook by t + its `keep_firing_for` + the time of a scrape, of an evaluation and of its delivery',
  controls: ['O2'],
  violations: {
    'alert-stays': {},
  },
  undeclared: ({ alerting }) => (alerting.length > 0 ? undefined : 'no alert is put to the test here'),
  check(view) {
    return overBacklogs(this.id, view.alerting, (backlog) => {
      const { alert } = backlog.declared
      if (alert === undefined) return held(this.id, 0)
      const { clears, name, rest } = alert
      const error = backlog.blindness
      const stays = backlog.calm.find(({ from, to }) => {
        const due = from.at + clears + error
        return to.at > due && backlog.firingAt(from.at) && backlog.firingAt(due)
      })
      if (stays !== undefined) {
        const fired = backlog.turns.findLast(({ firing, alert }) => firing && alert.at <= stays.to.at)?.alert
        const text = `no more than ${says(backlog, rest)}, and the alert ${name} was still there ${secondsGive(clears, error)} later`
        return stalled(
          this.id,
          'alert-stays',
          counterexample(text, [fired?.seq, stays.from.seq, stays.to.seq], {}, 'C'),
        )
      }
      const ends = backlog.turns.filter(({ firing }) => !firing).length
      if (ends === 0) return unknown(this.id, `there was no ${name} that could end`)
      return held(this.id, ends)
    })
  },
  /** Its end never comes, and time passes. */
  mutation: {
    says: 'take away the end of the alert, and let its time pass',
    applies: ({ alerting }) => alerting.length > 0,
    apply(view) {
      for (const { declared, turns, looks } of view.alerting) {
        const ended = turns.find(({ firing }) => !firing)?.alert
        const last = looks.at(-1)
        if (ended === undefined || last === undefined || declared.alert === undefined) continue
        const after = turns.filter(({ alert }) => alert.seq >= ended.seq).map(({ alert }) => alert.seq)
        const still = { ...last, parts: last.parts.map((one) => ({ ...one, done: one.end })) }
        const { added, replaced } = lengthened(view, still, declared.alert.clears)
        return mutated(view.events, { without: after, added, replaced: [...replaced, still] })
      }
      return undefined
    },
  },
})
