import type { ConsumerHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

/** Events that took effect, each with a call that was answered so. */
function handled(h: ConsumerHistory, ...statuses: (number | undefined)[]): void {
  for (const [n, status] of statuses.entries()) {
    const event = h.put(`o-${n}`)
    h.apply(event)
    if (status !== undefined) h.call(event, event.id, status)
    h.commit(event)
  }
}

const ELEVEN = Array.from({ length: 11 }, () => 200)

table('IC10', [
  ['each call was taken', 'held', (h) => handled(h, 200, 201, 200, 200)],
  ['the call of one was never taken', 'lost-call', (h) => handled(h, 503, 200, 200, 200)],
  [
    'it was tried again, and taken',
    'held',
    (h) => {
      const event = h.put('o-1')
      h.call(event, event.id, 503)
      h.apply(event)
      h.call(event).commit(event)
      handled(h, 200, 200, 200)
    },
  ],
  ['nothing later tells that it is lost', 'held', (h) => handled(h, 200, 200, 503, 200)],
  ['one of a dozen made no call', 'lost-call', (h) => handled(h, undefined, ...ELEVEN)],
  ['calls are made for some of them', 'held', (h) => handled(h, undefined, 200, undefined, 200, 200, 200)],
  [
    'the group is not through with it',
    'held',
    (h) => {
      const event = h.put('o-9', {}, { partition: 1 })
      h.apply(event)
      h.call(event, event.id, 503)
      handled(h)
    },
  ],
  [
    'no calls are declared',
    'held',
    (h) => handled(h, 503, 200, 200, 200),
    { consumer: { calls: undefined } },
  ],
])
