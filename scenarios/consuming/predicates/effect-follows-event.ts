import { counterexample, held, more, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { withColumn } from '../mutations/effect-rows.ts'
import { predicate } from '../predicate.ts'
import { agrees, repeatedIn } from '../view/effect-content.ts'
import { eventName, eventSubject } from './naming.ts'

/**
 * IC9. An effect says what its event said.
 *
 * What can violate it: rows that are put together from lists of different length, a value of another event of the batch,
 * a cache that is not reset.
 * How it is seen: the declared columns `amount` and `key` of the effect table against the event that the row names by its
 * id. A column that repeats its event in less than half of the effects is another thing (a sum, a state), and nothing is
 * asked of it, unless it comes near in most: then it is rounded.
 */
export const effectFollowsEvent = predicate({
  id: 'IC9',
  title: 'content',
  claim: 'effects say what their events said',
  promise: 'The row that an event left carries the values of that event, and of no other one.',
  formal:
    'the declared columns `amount` and `key` of an effect are those of the event that it names, where most effects repeat them, or nearly',
  controls: ['C1'],
  violations: { 'wrong-effect': {} },
  undeclared: ({ plan: { consumer } }) =>
    consumer.effects.eventId === undefined ||
    (consumer.effects.amount === undefined && consumer.effects.key === undefined)
      ? 'effects do not name their events, or no amount and no key of them is declared'
      : undefined,
  check(view) {
    if (view.plan.consumer.effects.eventId === undefined) return held(this.id, 0)
    const repeated = repeatedIn(view)
    const wrong = repeated.filter((one) => !agrees(one))
    const [first] = wrong
    if (first === undefined) return held(this.id, repeated.length)
    const { event, effect, column, says: said, wanted } = first
    const { effects } = view.plan.consumer
    const says = `the effect of ${eventName(event)} has ${said} in ${effects.table}.${effects[column]}, and the event says ${wanted.join(' or ')}${more(wrong.length)}`
    return violated(
      this.id,
      'wrong-effect',
      counterexample(says, [event.inputs[0]?.seq, effect.tx.seq], eventSubject(event)),
    )
  },
  mutation: {
    says: 'let one effect carry another amount or key than its event',
    applies: (view) => view.plan.consumer.effects.eventId !== undefined && repeatedIn(view).length > 0,
    apply(view) {
      const one = repeatedIn(view).find(agrees)
      if (one === undefined) return undefined
      return mutated(view.events, { replaced: [withColumn(one, view.plan.consumer.effects)] })
    },
  },
})
