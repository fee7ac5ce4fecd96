import type { ConsumerHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

/** The first effect of an event is held at COMMIT while `during` happens. */
function held(
  h: ConsumerHistory,
  during: (event: ReturnType<ConsumerHistory['put']>) => void,
  effect = true,
) {
  h.gate('event-1', 'closed')
  const event = h.put('o-1')
  h.waiting(event.id, event.xid)
  during(event)
  h.gate(event.id, 'opened')
  if (effect) h.apply(event)
  h.commit(event)
}

/** The session of the first effect is ended at COMMIT, after `before`; the next attempt brings the effect. */
function hit(h: ConsumerHistory, before: (event: ReturnType<ConsumerHistory['put']>) => void) {
  held(
    h,
    (event) => {
      before(event)
      h.fault('armed', 'end-session').fault('tookEffect', 'end-session')
      h.apply(event, 900)
    },
    false,
  )
}

/** Nobody could read an event, and the database was read to its end. */
function owed(h: ConsumerHistory, { id }: ReturnType<ConsumerHistory['put']>, value = h.events.length) {
  h.add({ kind: 'fact', name: 'effect.owed', subject: id, value })
}

table('IC3', [
  ['the offset comes after the effect', 'held', (h) => held(h, () => {})],
  ['the offset comes while the effect is held', 'commit-before-effect', (h) => held(h, (e) => h.commit(e))],
  [
    'the offset came before the backend reached the gate',
    'commit-before-effect',
    (h) => {
      h.gate('event-1', 'closed')
      const event = h.put('o-1')
      h.commit(event).waiting(event.id, event.xid).gate(event.id, 'opened')
      h.apply(event)
    },
  ],
  [
    'the session ended at the gate, and the offset is committed',
    'commit-before-effect',
    (h) => held(h, (e) => h.commit(e), false),
  ],
  [
    'the event was in the inbox before',
    'held',
    (h) =>
      held(h, (event) => {
        h.commitRows([{ table: 'inbox', op: 'insert', after: { event_id: event.id, body: event.value } }], 7)
        h.commit(event)
      }),
    { consumer: { inbox: { table: 'inbox', eventId: 'event_id' } } },
  ],
  [
    'there is an inbox, and the event is not in it',
    'commit-before-effect',
    (h) => held(h, (event) => h.commit(event)),
    { consumer: { inbox: { table: 'inbox', eventId: 'event_id' } } },
  ],
  ['the session was ended at the gate, and the next attempt passed it', 'held', (h) => hit(h, () => {})],
  ['the offset came before that', 'commit-before-effect', (h) => hit(h, (e) => h.commit(e))],
  [
    'the session was ended at the gate, and the record goes to a retry topic',
    'held',
    (h) =>
      held(
        h,
        (event) => {
          h.fault('armed', 'end-session').fault('tookEffect', 'end-session').divert(event, 0)
          h.commit(event)
        },
        false,
      ),
  ],
  [
    'the group had changed before that: another instance may have been there',
    'held',
    (h) =>
      hit(h, (e) => {
        h.generation({ second: [0, 1] })
        h.commit(e)
      }),
  ],
  [
    'another instance brought the effect meanwhile',
    'held',
    (h) => {
      h.gate('event-1', 'closed')
      const event = h.put('o-1')
      h.waiting(event.id, 77)
      // The counterexample of offsets was the faster one.
      h.commit(event)
      h.apply(event, 78)
      h.gate(event.id, 'opened')
    },
  ],
  [
    'the record went to a retry topic',
    'held',
    (h) =>
      held(h, (e) => {
        h.divert(e, 0)
        h.commit(e)
      }),
  ],
  [
    'without a gate the observers’ delays say nothing',
    'held',
    (h) => {
      const event = h.put('o-1')
      h.commit(event)
      h.apply(event)
    },
  ],
  [
    'an event that nobody could read yet is committed past',
    'commit-before-effect',
    (h) => {
      const event = h.put('o-1')
      h.commit(event)
      owed(h, event)
      h.apply(event)
    },
  ],
  [
    'an event waits until it can be read',
    'held',
    (h) => {
      const event = h.put('o-1')
      owed(h, event)
      h.apply(event)
      h.commit(event)
    },
  ],
  [
    'the commit was seen when the database had been read: the effect may have come between',
    'held',
    (h) => {
      const event = h.put('o-1')
      const { seq } = h.events.at(-1) ?? {}
      h.commit(event)
      owed(h, event, seq)
      h.apply(event)
    },
  ],
  [
    'it waits on a retry topic until it can be read',
    'held',
    (h) => {
      const event = h.put('o-1')
      h.divert(event, 0)
      h.commit(event)
      owed(h, event)
      h.apply(event)
    },
  ],
  [
    'an offset before the record',
    'held',
    (h) => {
      h.handle('o-1')
      h.gate('event-2', 'closed')
      const event = h.put('o-1')
      h.waiting(event.id, event.xid).commit({ partition: event.partition, offset: event.offset - 1 })
      h.gate(event.id, 'opened')
      h.apply(event)
      h.commit(event)
    },
  ],
])
