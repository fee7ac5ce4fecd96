import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { ConsumerView } from '../view/consumer-view.ts'

/** PC1: a producer of the consumer's asks for the leader's acknowledgement only. */
export const weakenAcks: Mutation<ConsumerView> = {
  predicate: 'PC1',
  says: 'let a producer ask for acks=1',
  names: ['acks-not-all'],
  applies: ({ producing }) => producing.length > 0,
  apply(view) {
    const client = view.producing[0]
    return client && mutated(view.events, { replaced: [{ ...client, acks: 1 }] })
  },
}
