import type { ExpectedEvent } from './expected-event.ts'
import type { PublisherView } from './publisher-view.ts'

/**
 * Tells whether the row of an event that is not on the log says that it is still to be published, in a column that the
 * relay does set. Where no row is ever marked, a row that is there says nothing.
 */
export function pendingIn(view: PublisherView): (event: ExpectedEvent) => boolean {
  const marks = view.expectedEvents().some(({ mark }) => mark?.how === 'published')
  return ({ source, mark }) => marks && source === 'outbox' && mark === undefined
}
