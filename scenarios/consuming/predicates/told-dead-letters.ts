import { counterexample, held, more, placeOf, stalled, unknown } from '../../../proof/findings.ts'
import type { EventOf } from '../../../proof/history/event.ts'
import { mutated } from '../../../proof/mutation.ts'
import { behind } from '../mutations/victims.ts'
import { predicate } from '../predicate.ts'
import type { ConsumedEvent } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { clockErrorOf, eventName, eventSubject, secondsGive } from './naming.ts'

/**
 * RD11. Somebody is told of each event that became a dead letter.
 *
 * What can violate it: a topic that nobody watches, an alert that fails and is forgotten, one whose label is wrong.
 * How it is seen: alerts that reach the webhook and name the event. Judged where the service was given an address for
 * them. An alert may always still come: `silent-alert` is a stall, after the declared bound.
 */
export const toldDeadLetters = predicate({
  id: 'RD11',
  title: 'told',
  claim: 'an alert is sent for each dead letter',
  promise: 'Somebody is told of each event that became a dead letter.',
  formal:
    'an alert that names the event reaches the webhook for each event that became a dead letter; judged where the service is given `{alerts.url}`',
  expectation: 'declared',
  controls: ['C2'],
  violations: {
    'silent-alert': {},
  },
  undeclared: (view) => (view.expectsAlerts ? undefined : 'the service is given no address for alerts'),
  check(view) {
    if (!view.expectsAlerts) return held(this.id, 0)
    const dead = view.consumed.filter(({ deadLetters }) => deadLetters.length > 0)
    const told = view.alerts
    const untold = dead.filter(({ id }) => !told.some((alert) => isAbout(alert, id)))
    if (untold.length === 0) return held(this.id, dead.length)
    const overdue = untold.filter((event) => view.lastAt - sinceOf(event, view) >= view.plan.bounds.recovery)
    const [first] = overdue
    const letter = first?.deadLetters[0]
    if (first === undefined || letter === undefined || view.disturbances.stillActive)
      return unknown(
        this.id,
        `no alert for ${untold.length} dead letters, and the history ends before their bound: let the run come to its end`,
      )
    const since = sinceOf(first, view)
    const bound = secondsGive(view.plan.bounds.recovery, clockErrorOf(view, since))
    const says = `nobody was told of ${eventName(first)} within ${bound}, a dead letter at ${placeOf(letter)}${more(overdue.length)}`
    const seqs = [letter.record.seq, view.events.at(-1)?.seq]
    return stalled(this.id, 'silent-alert', counterexample(says, seqs, eventSubject(first), 'C'))
  },
  /** Nobody is told of a dead letter, as long as anybody watches. */
  mutation: {
    says: 'take away the alert of a dead letter',
    applies: (view) => view.expectsAlerts && view.consumed.some(({ deadLetters }) => deadLetters.length > 0),
    apply(view) {
      const event = view.consumed.find(({ deadLetters }) => deadLetters.length > 0)
      if (event === undefined || view.disturbances.stillActive) return undefined
      const without = view.alerts.filter((alert) => isAbout(alert, event.id)).map(({ seq }) => seq)
      const last = behind(view, 1)
      const later = { ...last, at: last.at + view.plan.bounds.recovery }
      return mutated(view.events, { without, added: [{ ...later, kind: 'note', text: 'nobody was told' }] })
    },
  },
})

/** An alert names an event as its subject, or anywhere in its body. */
export function isAbout({ subject, body }: EventOf<'alert'>, event: string): boolean {
  return subject === event || body.includes(event)
}

function sinceOf({ deadLetters }: ConsumedEvent, { disturbances }: ConsumerView): number {
  return Math.max(deadLetters[0]?.record.at ?? 0, disturbances.allHealed?.at ?? 0)
}
