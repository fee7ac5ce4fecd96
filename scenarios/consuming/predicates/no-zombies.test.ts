import type { ConsumerHistory, Placed } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

/** The first member stands in COMMIT while the second one gets its partition and handles the event. */
function takeover(h: ConsumerHistory, after: (event: Placed) => void, successor = true): void {
  h.generation({ first: [0, 1] }).gate('event-1', 'closed')
  const event = h.put('o-1')
  h.waiting(event.id, 77).generation({ second: [0, 1] })
  if (successor) h.apply(event, 88)
  h.gate(event.id, 'opened')
  after(event)
  h.commit(event)
}

table('IC4', [
  ['the zombie rolls back', 'held', (h) => takeover(h, () => {})],
  ['the zombie applies the event once more', 'zombie-effect', (h) => takeover(h, (e) => void h.apply(e, 77))],
  ['only the zombie applies it', 'held', (h) => takeover(h, (e) => void h.apply(e, 77), false)],
  [
    'whose the second effect is can be told by when it came',
    'zombie-effect',
    (h) => {
      h.generation({ first: [1] }).gate('event-1', 'closed')
      const event = h.put('o-1')
      h.waiting(event.id, null).generation({ second: [1] })
      h.apply(event, 88)
      h.gate(event.id, 'opened').commit(event)
      h.apply(event, 77)
    },
  ],
  [
    'no partition changed hands: doubled, but by no zombie',
    'held',
    (h) => {
      h.generation({ first: [0, 1] }).gate('event-1', 'closed')
      const event = h.put('o-1')
      h.waiting(event.id, 77).apply(event, 88)
      h.gate(event.id, 'opened')
      h.apply(event, 77)
    },
  ],
  [
    'the zombie writes its older version over a newer one',
    'stale-overwrite',
    (h) =>
      takeover(h, (event) => {
        h.commitRows([{ ...h.effectRow(event, { version: '3' }), op: 'update' }], 89)
        const stale = h.effectRow({ ...event, id: 'event-0' }, { version: '2' })
        h.commitRows([{ ...stale, op: 'update' }], 77)
      }),
  ],
])
