import { type Mutation, mutated } from '../../../proof/mutation.ts'
import { hole } from '../../publishing/mutations/records.ts'
import { Completions } from '../predicates/completion.ts'
import { expectedOutcome } from '../view/consumed-event.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/** RD3: a dead letter disappears. */
export const dropDeadLetter: Mutation<ConsumerView> = {
  predicate: 'RD3',
  says: 'drop every dead letter of an event',
  names: ['lost-to-dlt'],
  applies: (view) => view.plan.consumer.progress === 'kafka' && due(view).length > 0,
  apply(view) {
    const completions = new Completions(view)
    const victim = due(view).find((event) => completions.of(event) !== undefined)
    return victim && mutated(view.events, { replaced: victim.deadLetters.map(hole) })
  },
}

function due(view: ConsumerView) {
  return view.consumed.filter(
    (event) => event.deadLetters.length > 0 && expectedOutcome(event) === 'dead-letter',
  )
}
