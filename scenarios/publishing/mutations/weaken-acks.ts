import type { PublisherView } from '../view/publisher-view.ts'
import { type Edit, edited } from '../../../proof/mutation.ts'

/** PC1: a client asks for the leader's acknowledgement only. Clients are watched only where no link is hurt. */
export const weakenAcks: Edit<PublisherView> = {
  checker: 'PC1',
  says: 'let a client ask for acks=1',
  names: ['acks-not-all'],
  applies: (view) => view.clients.length > 0,
  apply(view) {
    const client = view.clients[0]
    return client && edited(view.events, { replaced: [{ ...client, acks: 1 }] })
  },
}
