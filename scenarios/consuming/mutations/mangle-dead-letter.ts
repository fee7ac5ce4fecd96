import { type Mutation, mutated } from '../../../proof/mutation.ts'
import { tampered } from '../../publishing/mutations/records.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/** RD4: a dead letter is written anew. */
export const mangleDeadLetter: Mutation<ConsumerView> = {
  predicate: 'RD4',
  says: 'change the value of a dead letter',
  names: ['dlt-mangled'],
  applies: (view) => candidates(view).length > 0,
  apply(view) {
    const record = candidates(view)[0]?.deadLetters[0]?.record
    return record && mutated(view.events, { replaced: [{ ...record, value: tampered(record.value) }] })
  },
}

function candidates({ consumed }: ConsumerView) {
  // Without an id or a place in its headers a changed record would be nobody's.
  return consumed.filter(
    ({ deadLetters, deliveries, id }) => deliveries.length > 0 && deadLetters[0]?.id === id,
  )
}
