import type { ConsumerView } from '../view/consumer-view.ts'
import { type Edit, edited } from '../../../proof/mutation.ts'

/** PC1: a producer of the consumer's asks for the leader's acknowledgement only. */
export const weakenAcks: Edit<ConsumerView> = {
  checker: 'PC1',
  says: 'let a producer ask for acks=1',
  names: ['acks-not-all'],
  applies: ({ producing }) => producing.length > 0,
  apply(view) {
    const client = view.producing[0]
    return client && edited(view.events, { replaced: [{ ...client, acks: 1 }] })
  },
}
