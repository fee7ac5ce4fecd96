import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/** PC1: a client asks for the leader's acknowledgement only. Clients are watched only where no link is hurt. */
export const weakenAcks: Mutation<PublisherView> = {
  predicate: 'PC1',
  says: 'let a client ask for acks=1',
  names: ['acks-not-all'],
  applies: (view) => view.clients.length > 0,
  apply(view) {
    const client = view.clients[0]
    return client && mutated(view.events, { replaced: [{ ...client, acks: 1 }] })
  },
}
