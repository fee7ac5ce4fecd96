import { counterexample, held, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { withoutEffects } from '../mutations/rows.ts'
import { applied } from '../mutations/victims.ts'
import { predicate } from '../predicate.ts'
import type { ConsumedEvent } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { Completions } from './completion.ts'
import { isBoth } from './dead-letters-arrive.ts'
import { deliverySeqs, eventName, eventSubject } from './naming.ts'

/**
 * RD8. What was delivered is what took effect and what is a dead letter, each event in one of the two.
 *
 * What can violate it: whatever loses or doubles; this is the balance, whatever was expected of each event.
 * How it is seen: ids of the declared topic, of the effect table and of the dead-letter topic. An event is missing
 * only when the group has committed past it.
 */
export const conservation = predicate({
  id: 'RD8',
  title: 'conservation',
  claim: 'every event takes effect once or is a dead letter',
  promise: 'What was delivered is what took effect and what is a dead letter, each event in one of the two.',
  formal: 'Q ⇒ delivered ids = ids with an effect ⊎ ids of dead letters',
  controls: ['C2'],
  violations: {
    'conservation-broken': {},
  },
  check(view) {
    const completions = new Completions(view)
    const delivered = view.consumed.filter(({ deliveries }) => deliveries.length > 0)
    if (view.effects.unexplained.length > 0) return held(this.id, 0)
    const effects = delivered.filter(({ effects }) => effects.length > 0)
    const dead = delivered.filter(({ deadLetters }) => deadLetters.length > 0)
    const wrong = delivered.find(
      (event) => isBoth(event, view) || (isMissing(event, view) && completions.of(event) !== undefined),
    )
    if (wrong === undefined) return held(this.id, delivered.length)
    const where = isMissing(wrong, view) ? 'neither' : 'both'
    const says = `of ${delivered.length} delivered events ${effects.length} took effect and ${dead.length} are dead letters; ${eventName(wrong)} is ${where}`
    const seqs = [
      ...deliverySeqs(wrong),
      ...wrong.effects.map(({ tx }) => tx.seq),
      ...wrong.deadLetters.map(({ record }) => record.seq),
    ]
    return violated(this.id, 'conservation-broken', counterexample(says, seqs, eventSubject(wrong)))
  },
  /** The effect of an event that the group committed past disappears. */
  mutation: {
    says: 'drop the effect of an event',
    applies: (view) => view.plan.consumer.progress === 'kafka',
    apply(view) {
      const [event] = applied(view)
      return (
        event &&
        mutated(view.events, {
          replaced: withoutEffects(event, view.transactions, view.plan.consumer.effects),
        })
      )
    },
  },
})

/** Where no dead letters are declared nobody knows where an event is kept that must fail. */
function isMissing(event: ConsumedEvent, view: ConsumerView): boolean {
  if (view.plan.consumer.retry === undefined && event.inputs.at(-1)?.expect === 'dead-letter') return false
  return event.effects.length === 0 && event.deadLetters.length === 0 && !view.superseded(event)
}
