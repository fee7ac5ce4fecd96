import type { Flow } from '../../../proof/guards/flow.ts'
import type { PublisherView } from '../view/publisher-view.ts'

/** An event's life: from its commit to its first record. One that can never be published is excused. */
export const flow: Flow<PublisherView> = {
  placed: 'committed',
  done: 'published',
  lives: (view) =>
    view.expectedEvents().map((event) => ({
      placed: event.tx.event.seq,
      done: event.records[0]?.record.seq,
      excused: view.undeliverable(event),
    })),
  open: (view) => view.unpublished().length,
}
