import type { HistoryBuilder } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

/** A relay that remembers elsewhere how far it got: no row says whether it was published. */
const CURSOR = { publisher: { outbox: { table: 'outbox', id: 'id', aggregateId: 'aggregate_id' } } }
const CDC = { publisher: { relay: 'debezium', slot: 'cdc' } } as const

/** Committed and acknowledged; nobody publishes it. */
function unpublished(h: HistoryBuilder, key = 'o-1') {
  const order = h.invoke(key)
  h.commitOrder(order)
  h.ok(order)
  return order
}

function unpublishedFor(milliseconds: number, h: HistoryBuilder) {
  unpublished(h)
  h.pass(milliseconds)
}

table('OA1', [
  ['everything is published', 'held', (h) => h.orders('o-0', 'o-1', 'o-0')],
  [
    'compacted away before it was read: nothing can be said',
    'unknown',
    (h) => {
      h.mark(unpublished(h))
      h.removed(1)
      h.order('o-1')
    },
    { publisher: { compacted: true } },
  ],
  [
    'removed where no compaction is declared: the log has a hole',
    'unknown',
    (h) => {
      h.removed(1)
      h.mark(unpublished(h))
    },
  ],
  [
    'absent from a compacted topic, and nothing later of its key is there',
    'lost-after-mark',
    (h) => {
      h.removed(1)
      h.order('o-0')
      h.mark(unpublished(h))
    },
    { publisher: { compacted: true } },
  ],
  ['marked and absent', 'lost-after-mark', (h) => void h.mark(unpublished(h))],
  ['deleted and absent', 'lost-after-mark', (h) => void h.remove(unpublished(h))],
  [
    'marked, absent, and the log was not read since',
    'unknown',
    (h) => {
      const order = unpublished(h)
      h.end()
      h.mark(order)
    },
  ],
  [
    'marked first, published later',
    'held',
    (h) => {
      const order = unpublished(h)
      h.mark(order)
      h.publish(order)
    },
  ],
  [
    'a row that its own transaction deletes again, published',
    'held',
    (h) => {
      const order = h.invoke('o-1')
      const gone = { table: 'outbox', op: 'delete', before: { id: order.id } } as const
      h.commit([h.stateRow(order), h.outboxRow(order), gone], 7)
      h.ok(order).publish(order)
    },
  ],
  ['absent, pending, and its bound is over', 'stalled-relay', (h) => void unpublishedFor(2000, h)],
  ['absent, pending, and its bound is not over', 'unknown', (h) => void unpublished(h)],
  [
    'overtaken by a later event of the same aggregate, for a whole bound',
    'lost-event',
    (h) => {
      unpublished(h)
      h.order('o-1')
      h.pass(2000)
    },
    CURSOR,
  ],
  [
    'a cursor that marks what it sends passed a transaction that committed late',
    'skipped-late-commit',
    (h) => {
      const late = h.invoke('o-1')
      h.order('o-2')
      h.commitOrder(late)
      h.ok(late)
      h.order('o-1')
      h.pass(2000)
    },
  ],
  [
    'overtaken, but its row says that it is still to be published: late, not lost',
    'stalled-relay',
    (h) => {
      unpublished(h)
      h.order('o-1')
      h.pass(2000)
    },
  ],
  [
    'overtaken by what is not marked either, by a relay that marks: the batch failed after it was sent',
    'stalled-relay',
    (h) => {
      h.order('o-0')
      unpublished(h)
      const later = h.invoke('o-1')
      h.commitOrder(later)
      h.ok(later).publish(later)
      h.pass(2000)
    },
  ],
  [
    'overtaken, and the column that would say so is set by nobody',
    'lost-event',
    (h) => {
      unpublished(h)
      const later = h.invoke('o-1')
      h.commitOrder(later)
      h.ok(later).publish(later)
      h.pass(2000)
    },
  ],
  [
    'overtaken by one other aggregate only: that is no evidence',
    'stalled-relay',
    (h) => {
      unpublished(h)
      h.order('o-2')
      h.pass(2000)
    },
  ],
  [
    'overtaken by three other aggregates',
    'lost-event',
    (h) => {
      unpublished(h)
      for (const key of ['o-2', 'o-3', 'o-4']) h.order(key)
      h.pass(2000)
    },
    CURSOR,
  ],
  [
    'the same aggregate waits as a whole, though others flow',
    'stalled-relay',
    (h) => {
      unpublished(h)
      unpublished(h)
      for (const key of ['o-2', 'o-3', 'o-4']) h.order(key)
      h.pass(2000)
    },
  ],
  [
    'a fault is still in force: nothing can be said',
    'unknown',
    (h) => {
      h.fault('armed')
      unpublished(h)
      h.pass(2000)
    },
  ],
  [
    'a cursor passed a transaction that committed late',
    'skipped-late-commit',
    (h) => {
      const late = h.invoke('o-1')
      h.order('o-2')
      h.commitOrder(late)
      h.ok(late)
      h.order('o-1')
      h.pass(2000)
    },
    CURSOR,
  ],
  [
    'the slot is flushed past the commit',
    'lost-event',
    (h) => {
      unpublished(h)
      h.slot(h.lsn + 1)
    },
    CDC,
  ],
  [
    'the slot is flushed to where the commit begins, which is where the one before it ends',
    'unknown',
    (h) => {
      unpublished(h)
      h.slot(h.lsn)
    },
    CDC,
  ],
  [
    'the slot was lost, and the new one begins behind the commit',
    'unrecoverable-after-slot-loss',
    (h) => {
      h.order('o-0')
      h.slot(h.lsn).slot(null, { walStatus: 'lost' })
      unpublished(h)
      h.slot(h.lsn + 5)
      h.order('o-2')
    },
    CDC,
  ],
  [
    'the slot was dropped, and a snapshot brought the event',
    'held',
    (h) => {
      h.order('o-0')
      h.slot(h.lsn).add({ kind: 'fact', name: 'slot.dropped', subject: 'cdc', value: true })
      const order = unpublished(h)
      h.slot(h.lsn + 5).publish(order)
    },
    CDC,
  ],
  [
    'given up although it could be published',
    'lost-event',
    (h) => void h.mark(unpublished(h), { parked: 't' }),
  ],
  [
    'a poison row is parked',
    'held',
    (h) => {
      const poison = unpublished(h)
      h.add({ kind: 'fact', name: 'undeliverable', subject: poison.key, value: true })
      h.mark(poison, { parked: 't' })
    },
  ],
  [
    'a poison row is pending',
    'held',
    (h) => {
      h.add({ kind: 'fact', name: 'undeliverable', subject: unpublished(h).id, value: true })
      h.pass(2000)
    },
  ],
  [
    'a poison row is marked as if it had been published',
    'lost-after-mark',
    (h) => {
      const poison = unpublished(h)
      h.add({ kind: 'fact', name: 'undeliverable', subject: poison.key, value: true })
      h.mark(poison)
    },
  ],
  [
    'only in a Kafka transaction that was aborted',
    'lost-after-mark',
    (h) => {
      const order = unpublished(h)
      h.publish(order, { transactional: true, producerId: 7 })
      h.endTransaction(1, 'abort').mark(order)
    },
  ],
  [
    'a change without an outbox row, announced by its content',
    'held',
    (h) => {
      const order = h.invoke('o-1')
      h.commit([h.stateRow(order)], order.xid)
      h.publish(order, { headers: { eventId: 'from nowhere' } })
    },
  ],
  [
    'a change without an outbox row that nobody announces',
    'lost-event',
    (h) => {
      const order = h.invoke('o-1')
      h.commit([h.stateRow(order)], order.xid)
      h.ok(order)
      h.order('o-1')
      h.pass(2000)
    },
  ],
  [
    'a transactional logical message instead of a row',
    'held',
    (h) => {
      const order = h.invoke('o-1')
      h.commit([h.stateRow(order)], order.xid, [
        `{"id":"${order.id}","aggregate_id":"o-1","payload":${order.payload}}`,
      ])
      h.publish(order)
    },
  ],
])
