import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fed } from '../../../proof/history/view.ts'
import { HistoryBuilder, type Order } from '../fixture/builder.ts'
import type { PlanChange } from '../fixture/plan.ts'
import { PublisherView } from '../view/publisher-view.ts'
import { misplaced } from './misplaced.ts'

type Life = (h: HistoryBuilder, order: Order) => void

function wrong(publisher: PlanChange['publisher'], live: Life = (h, order) => good(h, order)) {
  const h = new HistoryBuilder(publisher === undefined ? {} : { publisher })
  h.phase('control-before')
  for (const key of ['o-1', 'o-2', 'o-3']) live(h, h.invoke(key))
  return misplaced(fed(new PublisherView(h.plan), h.events))
}

function good(h: HistoryBuilder, order: Order, headers: Record<string, string> = { eventId: order.id }) {
  h.commitOrder(order)
  h.publish(order, { headers })
  h.mark(order, { payload: order.payload, published: 't', parked: null, sent_at: null })
}

const OUTBOX = new HistoryBuilder().plan.publisher.outbox

test('what stands where the config says is right', () => {
  assert.equal(wrong(undefined), undefined)
})

test('another column carries the amount of each command', () => {
  const found = wrong({ state: { table: 'orders', id: 'id', amount: 'id' } })
  assert.equal(found?.field, 'state.amount')
  assert.match(found.says, /no row of orders has the amount of a command in 'id'; .* stands in 'amount'/)
})

test('another column of the outbox carries the aggregate', () => {
  const found = wrong({ outbox: { ...(OUTBOX as NonNullable<typeof OUTBOX>), aggregateId: 'payload' } })
  assert.deepEqual(
    [found?.field, found?.advice],
    ['outbox.aggregateId', "declare outbox.aggregateId: 'aggregate_id'"],
  )
})

test('the payload alone carries the aggregate: its place there is told, and taken', () => {
  const place = { column: 'payload', json: '$.key' }
  const outbox = OUTBOX as NonNullable<typeof OUTBOX>
  const payloadOnly: Life = (h, order) => {
    const { aggregate_id: _, ...after } = h.outboxRow(order).after ?? {}
    h.commit([h.stateRow(order), { ...h.outboxRow(order), after }], order.xid)
    h.publish(order)
    h.mark(order, { payload: order.payload, published: 't', parked: null, sent_at: null })
  }
  const found = wrong(undefined, payloadOnly)
  assert.equal(found?.advice, "declare outbox.aggregateId: { column: 'payload', json: '$.key' }")
  assert.equal(wrong({ outbox: { ...outbox, aggregateId: place } }, payloadOnly), undefined)
  assert.equal(
    wrong({ outbox: { ...outbox, aggregateId: { ...place, json: '$.orderId' } } }, payloadOnly)?.advice,
    found?.advice,
  )
})

test('the amount is part of a text', () => {
  const titled: Life = (h, order) => {
    const { amount } = h.stateRow(order).after ?? {}
    h.commit(
      [{ ...h.stateRow(order), after: { id: order.key, amount: `ticket ${amount}` } }, h.outboxRow(order)],
      order.xid,
    )
    h.publish(order)
    h.mark(order, { payload: order.payload, published: 't', parked: null, sent_at: null })
  }
  const found = wrong(undefined, titled)
  assert.match(
    found?.says ?? '',
    /no row of orders has the amount of a command alone in 'amount': there is 'ticket 1001\.00'/,
  )
  assert.match(found?.advice ?? '', /'\{amount:text\}'/)
})

test('another header has the ids of the outbox rows, or a path does', () => {
  const header = wrong({ eventId: { header: 'messageKey' } })
  assert.deepEqual([header?.field, header?.advice], ['eventId', "declare eventId: { header: 'eventId' }"])
  const body = wrong({}, (h, order) => {
    h.commitOrder(order)
    h.publish(order, { headers: {}, value: JSON.stringify({ meta: { id: order.id } }) })
  })
  assert.equal(body?.advice, "declare eventId: { json: '$.meta.id' }")
})

test('without an outbox a header that is nearly called so is what was meant', () => {
  const [outbox, eventId] = [undefined, { header: 'event-id' }] as const
  assert.equal(wrong({ outbox, eventId } as never)?.advice, "declare eventId: { header: 'eventId' }")
})

test('an id that is nowhere is the service’s own fault, and one that is wrong, too', () => {
  const nowhere: Life = (h, order) => good(h, order, {})
  assert.equal(wrong({}, nowhere), undefined)
  assert.equal(
    wrong({}, (h, order) => good(h, order, { eventId: `other-${order.id}`, real: order.id })),
    undefined,
  )
})

test('a header of types and a list of events that are called otherwise', () => {
  const typed: Life = (h, order) => good(h, order, { eventId: order.id, 'Event-Type': 'placed' })
  assert.equal(
    wrong({ eventTypeHeader: 'eventType' }, typed)?.advice,
    "declare eventTypeHeader: 'event-type'",
  )
  assert.equal(wrong({ eventTypeHeader: 'event-type' }, typed), undefined)
  const listed: Life = (h, order) => {
    h.commitOrder(order)
    h.publish(order, { value: JSON.stringify({ event: [{ eventId: order.id, data: {} }] }), headers: {} })
  }
  assert.equal(wrong({ events: '$.events', eventId: { json: '$.eventId' } }, listed)?.field, 'eventId')
})

test('the relay sets another column than the declared one', () => {
  const live: Life = (h, order) => {
    h.commitOrder(order)
    h.publish(order)
    h.mark(order, { payload: order.payload, published: 'f', parked: null, sent_at: '2026-01-01' })
  }
  assert.deepEqual(
    [wrong(undefined, live)?.field, wrong(undefined, live)?.advice],
    ['outbox.published', "declare outbox.published: 'sent_at'"],
  )
})

test('where nothing was written there is nothing to hold it against', () => {
  assert.equal(
    wrong({ eventId: { header: 'x' } }, () => {}),
    undefined,
  )
})

test('the event’s own id may be the aggregate’s: both stand in one place', () => {
  const outbox = OUTBOX as NonNullable<typeof OUTBOX>
  const place = { column: 'payload', json: '$.key' }
  assert.equal(
    wrong({ outbox: { ...outbox, id: place, aggregateId: place }, eventId: { json: '$.key' } }),
    undefined,
  )
})
