import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Fields } from '../../../proof/history/event.ts'
import { fed } from '../../../proof/history/view.ts'
import { HistoryBuilder, type Order } from '../fixture/builder.ts'
import { PUBLISHER } from '../fixture/plan.ts'
import { PublisherView } from './publisher-view.ts'

const OUTBOX = PUBLISHER.outbox as NonNullable<typeof PUBLISHER.outbox>

/** Orders whose rows go through these values of the column `status`; the last one is not done yet. */
function lived(values: readonly string[], column: Partial<typeof OUTBOX> = { published: 'status' }) {
  const h = new HistoryBuilder({ publisher: { outbox: { ...OUTBOX, ...column } } }).phase('control-before')
  const change = (order: Order, status: string | undefined) =>
    h.mark(order, { payload: order.payload, status: status ?? null })
  const begun = (key: string) => {
    const order = h.invoke(key)
    const status: Fields = { status: values[0] ?? null }
    h.commit([h.stateRow(order), h.outboxRow(order, status)], order.xid)
    h.ok(order)
    h.publish(order)
    return order
  }
  for (const key of ['o-1', 'o-2']) {
    const order = begun(key)
    for (const value of values.slice(1)) change(order, value)
  }
  h.phase('fault', 'W5')
  return { h, begun, change }
}

const marksOf = (h: HistoryBuilder) =>
  fed(new PublisherView(h.plan), h.events)
    .expectedEvents()
    .map(({ mark }) => mark?.how)

describe('what says that a row is done', () => {
  test('is what rows of the load without faults end with, not what they begin with or pass through', () => {
    const { h, begun, change } = lived(['NEW', 'CLAIMED', 'SENT'])
    const { done } = fed(new PublisherView(h.plan), h.events)
    assert.deepEqual([...(done.values ?? [])], ['SENT'])
    const order = begun('o-3')
    change(order, 'CLAIMED')
    assert.deepEqual(marksOf(h), ['published', 'published', undefined])
    change(order, 'SENT')
    assert.deepEqual(marksOf(h), ['published', 'published', 'published'])
  })

  test('of a row that is claimed and not published the relay has said nothing yet', () => {
    const { h } = lived(['NEW', 'CLAIMED', 'SENT'])
    const order = h.invoke('o-3')
    h.commit([h.stateRow(order), h.outboxRow(order, { status: 'NEW' })], order.xid)
    h.mark(order, { payload: order.payload, status: 'CLAIMED' })
    assert.equal(marksOf(h).at(-1), undefined)
  })

  test('is anything that is set, where a column has nothing before', () => {
    const { h } = lived(['', '2026-01-01'])
    assert.equal(fed(new PublisherView(h.plan), h.events).done.values, undefined)
    assert.deepEqual(marksOf(h), ['published', 'published'])
  })

  test('is a deletion by another transaction than the one that wrote the row', () => {
    const deleted = (own: boolean) => {
      const h = new HistoryBuilder().phase('control-before')
      const order = h.invoke('o-1')
      const gone = { table: 'outbox', op: 'delete', before: { id: order.id } } as const
      h.commit([h.stateRow(order), h.outboxRow(order), ...(own ? [gone] : [])], order.xid)
      if (!own) h.remove(order)
      h.phase('fault', 'W5')
      return fed(new PublisherView(h.plan), h.events).done.deleted
    }
    assert.deepEqual([deleted(false), deleted(true)], [true, false])
  })
})

test('a status may say that a row is done, and that it was given up: the one is not the other', () => {
  const parked = { column: 'status', is: ['REFUSED', 'TOO_LARGE'] }
  for (const values of [['NEW', 'SENT'], ['']]) {
    const { h, begun, change } = lived(values, { published: 'status', parked })
    const order = begun('o-3')
    change(order, 'TOO_LARGE')
    const parkedNow = () => fed(new PublisherView(h.plan), h.events).expectedEvents().at(-1)
    assert.deepEqual([parkedNow()?.mark, parkedNow()?.parked !== undefined], [undefined, true])
    change(order, values[0] || '')
    assert.equal(parkedNow()?.parked, undefined, 'put back')
  }
})

test('a row that goes is known by its primary key, also where that is not the id of its event', () => {
  const h = new HistoryBuilder()
  const order = h.invoke('o-1')
  h.commit([h.stateRow(order), h.outboxRow(order, { seq: '17' })], order.xid)
  h.publish(order)
  h.commit([{ table: 'outbox', op: 'delete', before: { seq: '17', id: null } }], 9000)
  assert.deepEqual(marksOf(h), ['deleted'])
})
