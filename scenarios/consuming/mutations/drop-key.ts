import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/** IC8: a call to the outside loses its idempotency key. */
export const dropKey: Mutation<ConsumerView> = {
  predicate: 'IC8',
  says: 'take the idempotency key from a call',
  names: ['unkeyed-external-call'],
  applies: (view) => view.plan.consumer.calls !== undefined && deeds(view).length > 0,
  apply(view) {
    const [call] = deeds(view)
    return call && mutated(view.events, { replaced: [{ ...call, idempotencyKey: null }] })
  },
}

function deeds({ attempts }: ConsumerView) {
  return attempts.calls.filter(({ stub }) => !/^(GET|HEAD|OPTIONS) /.test(stub))
}
