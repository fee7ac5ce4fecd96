import { type Mutation, mutated } from '../../../proof/mutation.ts'
import type { PublisherView } from '../view/publisher-view.ts'
import { hole } from './records.ts'

/** OA1: what the publisher says is done disappears from the log. */
export const dropEvent: Mutation<PublisherView> = {
  predicate: 'OA1',
  says: 'drop every copy of a published event',
  names: [
    'lost-after-mark',
    'lost-event',
    'skipped-late-commit',
    'unrecoverable-after-slot-loss',
    'stalled-relay',
  ],
  applies: () => true,
  apply(view) {
    const flushed = view.slots.at(-1)?.confirmedFlushLsn ?? -1
    const published = view
      .expectedEvents()
      .filter(
        (event) => event.records.length > 0 && !view.undeliverable(event) && !view.maybeCompacted(event),
      )
    const victim =
      published.find(({ mark }) => mark !== undefined) ??
      published.find(({ tx }) => tx.commitLsn < flushed) ??
      published[0]
    if (victim === undefined) return undefined
    return mutated(view.events, { replaced: victim.records.map(hole) })
  },
}
