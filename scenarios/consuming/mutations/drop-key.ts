import type { ConsumerView } from '../view/consumer-view.ts'
import { type Edit, edited } from '../../../proof/mutation.ts'

/** IC8: a call to the outside loses its idempotency key. */
export const dropKey: Edit<ConsumerView> = {
  checker: 'IC8',
  says: 'take the idempotency key from a call',
  names: ['unkeyed-external-call'],
  applies: (view) => view.plan.consumer.calls !== undefined && deeds(view).length > 0,
  apply(view) {
    const [call] = deeds(view)
    return call && edited(view.events, { replaced: [{ ...call, idempotencyKey: null }] })
  },
}

function deeds({ attempts }: ConsumerView) {
  return attempts.calls.filter(({ stub }) => !/^(GET|HEAD|OPTIONS) /.test(stub))
}
