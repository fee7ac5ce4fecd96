import { type Mutation, mutated } from '../../../proof/mutation.ts'
import { alertsIn, expectsAlerts, isAbout } from '../predicates/told-dead-letters.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { behind } from './victims.ts'

/** RD11: nobody is told of a dead letter, as long as anybody watches. */
export const silenceAlert: Mutation<ConsumerView> = {
  predicate: 'RD11',
  says: 'take away the alert of a dead letter',
  names: ['silent-alert'],
  applies: (view) => expectsAlerts(view) && view.consumed.some(({ deadLetters }) => deadLetters.length > 0),
  apply(view) {
    const event = view.consumed.find(({ deadLetters }) => deadLetters.length > 0)
    if (event === undefined || view.disturbances.stillActive) return undefined
    const without = alertsIn(view)
      .filter((alert) => isAbout(alert, event.id))
      .map(({ seq }) => seq)
    const last = behind(view, 1)
    const later = { ...last, at: last.at + view.plan.bounds.recovery }
    return mutated(view.events, { without, added: [{ ...later, kind: 'note', text: 'nobody was told' }] })
  },
}
