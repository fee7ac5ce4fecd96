import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CHECKERS } from '../../proof/checkers/publish/checkers.ts'
import { checkerAlive } from '../../proof/guards/checker-alive.ts'
import { PublisherView } from '../../proof/history/publisher-view.ts'
import { publishing } from '../../proof/jurisdictions/publishing.ts'
import { HistoryBuilder, type Order } from './builder.ts'
import { judged } from './judged.ts'
import type { PlanChange } from './plan.ts'

interface Benign {
  readonly what: string
  readonly plan?: PlanChange
  /** One order, as this publisher handles it. */
  readonly order: (h: HistoryBuilder, order: Order) => void
}

const NO_OUTBOX = {
  state: { table: 'orders', id: 'id', amount: 'amount' },
  outbox: undefined,
} as unknown as object
const CDC = { relay: 'debezium', slot: 'cdc' } as const

/** Unusual but correct: no checker may flag it, and every checker must still be awake on it. */
const BENIGN: readonly Benign[] = [
  {
    what: 'B2 an outbox row that its own transaction deletes',
    plan: { publisher: CDC },
    order(h, order) {
      h.commit(
        [h.stateRow(order), h.outboxRow(order), { table: 'outbox', op: 'delete', before: { id: order.id } }],
        order.xid,
      )
      h.ok(order).publish(order)
    },
  },
  {
    what: 'B3 transactional logical messages, no table',
    plan: { publisher: { ...CDC, ...NO_OUTBOX } },
    order(h, order) {
      h.commit([h.stateRow(order)], order.xid, [
        `{"id":"${order.id}","aggregateId":"${order.key}","payload":${order.payload}}`,
      ])
      h.ok(order).publish(order)
    },
  },
  {
    what: 'B4 change data capture of the business table',
    plan: { publisher: { ...CDC, ...NO_OUTBOX, eventId: { json: '$.source.lsn' } } },
    order(h, order) {
      const { commitLsn } = h.commit([h.stateRow(order)], order.xid)
      const after = { id: order.key, amount: `${order.amount}.00` }
      const value = JSON.stringify({ op: 'c', before: null, after, source: { lsn: commitLsn } })
      h.ok(order).publish(order, { key: `{"id":"${order.key}"}`, value, headers: {} })
    },
  },
  {
    what: 'B5 a relay with Kafka transactions',
    order(h, order) {
      h.commitOrder(order)
      const { partition } = h.ok(order).publish(order, { transactional: true, producerId: 7 })
      h.endTransaction(partition, 'commit').mark(order)
    },
  },
  {
    what: 'B6 an aborted Kafka transaction and its repeat',
    order(h, order) {
      h.commitOrder(order)
      const { partition } = h.ok(order).publish(order, { transactional: true, producerId: 7 })
      h.endTransaction(partition, 'abort').publish(order)
      h.mark(order)
    },
  },
  {
    what: 'B13 no order is declared, and there is no key',
    plan: { publisher: { order: 'none' } },
    order(h, order) {
      h.commitOrder(order)
      h.ok(order).publish(order, { key: null })
      h.mark(order)
    },
  },
  {
    what: 'B20 null payloads among others',
    order(h, order) {
      const none = order.amount % 2 === 0
      h.commit([h.stateRow(order), h.outboxRow(order, none ? { payload: null } : {})], order.xid)
      h.ok(order).publish(order, none ? { value: null, valueBytes: -1 } : {})
      h.mark(order)
    },
  },
  {
    what: 'B21 the id in the payload only',
    plan: { publisher: { eventId: { cloudEvent: 'id' } } },
    order(h, order) {
      h.commitOrder(order)
      h.ok(order).publish(order, {
        headers: {},
        value: `{"specversion":"1.0","id":"${order.id}","data":${order.payload}}`,
      })
      h.mark(order)
    },
  },
  {
    what: 'B22 keys that are bytes and no text',
    order(h, order) {
      h.commitOrder(order)
      h.ok(order).publish(order, { key: `base64:${Buffer.from(`\xff${order.key}`).toString('base64')}` })
      h.mark(order)
    },
  },
  {
    what: 'B23 answers before the commit, declared',
    plan: { publisher: { answers: 'accepted' } },
    order(h, order) {
      h.ok(order)
      h.commitOrder(order)
      h.publish(order)
      h.mark(order)
    },
  },
  {
    what: 'B28 records that hold lists of events',
    plan: { publisher: { events: '$.events' } },
    order(h, order) {
      h.commitOrder(order)
      const event = `{"eventId":"${order.id}","data":${order.payload}}`
      h.ok(order).publish(order, { headers: {}, value: `{"events":[${event}]}` })
      h.mark(order)
    },
  },
  {
    what: 'a row that is deleted when it is published',
    order(h, order) {
      h.commitOrder(order)
      h.ok(order).publish(order)
      h.remove(order)
    },
  },
  {
    what: 'rows in a schema',
    order(h, order) {
      const rows = [h.stateRow(order), h.outboxRow(order)].map((row) => ({
        ...row,
        table: `public.${row.table}`,
      }))
      h.commit(rows, order.xid)
      h.ok(order).publish(order)
      h.mark(order)
    },
  },
  {
    what: 'no amount column and no payload column are declared',
    plan: {
      publisher: {
        state: { table: 'orders', id: 'id' },
        outbox: { table: 'outbox', id: 'id', aggregateId: 'aggregate_id', published: 'published' },
      },
      checkers: ['OA1', 'OA2', 'OA6', 'OA8', 'OR1', 'OR2'],
    },
    order(h, order) {
      h.commitOrder(order)
      h.ok(order).publish(order)
      h.mark(order)
    },
  },
]

for (const { what, plan, order } of BENIGN) {
  test(`not flagged: ${what}`, () => {
    const h = new HistoryBuilder(plan)
    for (const key of ['o-0', 'o-1', 'o-0', 'o-3', 'o-1']) order(h, h.invoke(key))
    h.slot(h.lsn).end()
    for (const id of CHECKERS.keys())
      if (h.plan.checkers.includes(id)) assert.equal(judged(id, h), 'held', id)
    const view = new PublisherView(h.events, h.plan)
    const sight = checkerAlive.look({ view, jurisdiction: publishing, findings: [], windows: [] })
    assert.ok(sight.met, sight.evidence)
  })
}
