import type { PublisherView } from '../view/publisher-view.ts'

/** Why nothing is asked of events where the business table itself is captured: no row says what they must be. */
export function withoutOutbox(view: PublisherView): string | undefined {
  const events = view.expectedEvents()
  return events.length > 0 && events.every(({ source }) => source === 'state')
    ? 'no outbox row says what an event is: the business table is captured'
    : undefined
}
