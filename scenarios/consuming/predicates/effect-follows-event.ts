import { counterexample, held, more, violated } from '../../../proof/findings.ts'
import { mutated } from '../../../proof/mutation.ts'
import { withColumn } from '../mutations/effect-rows.ts'
import type { ConsumerDeclaration } from '../plan.ts'
import { predicate } from '../predicate.ts'
import type { ConsumerView } from '../view/consumer-view.ts'
import { agrees, repeatedIn } from '../view/effect-content.ts'
import { eventName, eventSubject } from './naming.ts'

/**
 * IC9. An effect says what its event said.
 *
 * What can violate it: rows that are put together from lists of different length, a value of another event of the batch,
 * a cache that is not reset.
 * How it is seen: the declared columns `amount` and `key` of the effect table against the event that the row names by its
 * id. A column that repeats its event in less than half of the effects is another thing (a sum, a state), and nothing is
 * asked of it, unless it comes near in most: then it is rounded. A sum must grow by the event
 * that the same transaction writes into the dedupe table; what else is in its growth is IC1's.
 */
export const effectFollowsEvent = predicate({
  id: 'IC9',
  title: 'content',
  claim: 'effects say what their events said',
  promise: 'The row that an event left carries the values of that event, and of no other one.',
  formal:
    'the declared columns `amount` and `key` of an effect are those of the event that it names, where most effects repeat them, or nearly; a sum grows by the one event of its key that the same transaction writes into the dedupe table',
  controls: ['C1'],
  violations: { 'wrong-effect': {} },
  undeclared: ({ plan: { consumer } }) =>
    !tellsGrowth(consumer) &&
    (consumer.effects.eventId === undefined ||
      (consumer.effects.amount === undefined && consumer.effects.key === undefined))
      ? 'effects do not name their events, or no amount and no key of them is declared'
      : undefined,
  check(view) {
    if (tellsGrowth(view.plan.consumer)) return growthFollows(view)
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
    applies: (view) =>
      tellsGrowth(view.plan.consumer)
        ? view.effects.rightGrowth !== undefined
        : view.plan.consumer.effects.eventId !== undefined && repeatedIn(view).length > 0,
    apply(view) {
      if (tellsGrowth(view.plan.consumer)) return lessGrown(view)
      const one = repeatedIn(view).find(agrees)
      if (one === undefined) return undefined
      return mutated(view.events, { replaced: [withColumn(one, view.plan.consumer.effects)] })
    },
  },
})

/** Which event a sum is to grow by is known where one transaction writes it down. */
function tellsGrowth({ effects, dedupe }: ConsumerDeclaration): boolean {
  return effects.sum !== undefined && dedupe !== undefined
}

function growthFollows(view: ConsumerView) {
  const { growths, wrongGrowths } = view.effects
  const [first] = wrongGrowths
  if (first === undefined) return held('IC9', growths)
  const { event, growth, tx } = first
  const { effects } = view.plan.consumer
  const [input] = event.inputs
  const says = `${effects.table}.${effects.sum} grew by ${growth} in transaction ${tx.xid}, which writes down ${eventName(event)}: that says ${input?.amount}${more(wrongGrowths.length)}`
  return violated('IC9', 'wrong-effect', counterexample(says, [input?.seq, tx.seq], eventSubject(event)))
}

/** A sum grows by one less than its event says. */
function lessGrown(view: ConsumerView) {
  const one = view.effects.rightGrowth
  const { sum = '' } = view.plan.consumer.effects
  if (one === undefined) return undefined
  const { after } = one.row
  const row = { ...one.row, after: { ...after, [sum]: String(Number(after?.[sum]) - 1) } }
  const rows = one.tx.rows.map((each) => (each === one.row ? row : each))
  return mutated(view.events, { replaced: [{ ...one.tx, rows }] })
}
