import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/** OA7: what was acknowledged was never committed. */
export const dropCommit: Mutation<PublisherView> = {
  predicate: 'OA7',
  says: 'drop the transaction of an acknowledged command',
  names: ['lost-command'],
  applies: (view) => view.commands.all.length > 0,
  apply(view) {
    const committed = view.commands.all.filter(({ tx }) => tx !== undefined)
    const tx = committed.find((command) => view.promised(command))?.tx
    // With its only commit gone it would seem that no command can be recognised at all.
    if (tx === undefined || committed.every((command) => command.tx === tx)) return undefined
    return mutated(view.events, { without: [tx.event.seq] })
  },
}
