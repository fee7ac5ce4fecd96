import type { ConsumerHistory, Placed } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'
import { RETRY } from '../fixture/plan.ts'

/** A record with the id of an event, on its own topic, that we did not put there. */
function requeue(h: ConsumerHistory, event: Placed): void {
  h.record(h.plan.consumer.topic, event, { headers: { eventId: event.id } })
}

table('RD13', [
  ['each event where it was put', 'held', (h) => h.handleAll('o-1', 'o-2')],
  [
    'a failed event comes again on its own topic',
    'requeued-on-own-topic',
    (h) => {
      const event = h.put('o-1', { failures: 1 })
      h.attempt(event, true)
      requeue(h, event)
    },
  ],
  [
    'a copy that we put is none',
    'held',
    (h) => {
      const event = h.handle('o-1')
      h.copy(event)
    },
  ],
  [
    'a dead letter that is redriven is none',
    'held',
    (h) => {
      const event = h.put('o-1', { expect: 'dead-letter', failures: -1 })
      h.fail(event)
      requeue(h, event)
    },
  ],
  [
    'retries on its own topic are declared',
    'held',
    (h) => {
      const event = h.put('o-1', { failures: 1 })
      h.attempt(event, true)
      requeue(h, event)
    },
    { consumer: { retry: { ...RETRY, topics: ['orders'] } } },
  ],
])
