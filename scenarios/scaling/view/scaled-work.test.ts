import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EventOf, RowChange } from '../../../proof/history/event.ts'
import { judge } from '../../../proof/judge.ts'
import type { ConsumerDeclaration } from '../../consuming/plan.ts'
import { goodLife, ScalingHistory } from '../fixture/builder.ts'
import { judged } from '../fixture/judged.ts'
import { kindsWith } from '../fixture/kinds.ts'
import { SCALING } from '../fixture/plan.ts'

type Rows = (input: EventOf<'input'>) => readonly RowChange[]

function history(rows: Rows, effects: ConsumerDeclaration['effects'] = SCALING.consumer.effects) {
  const h = new ScalingHistory({ scaling: { consumer: { ...SCALING.consumer, effects } } })
  h.rows = rows
  return h
}

/** One row an order, written over by each newer event of it. */
const STATES = {
  table: 'fulfilled_orders',
  eventId: 'event_id',
  key: 'order_id',
  amount: 'amount',
  version: 'version',
}
function writesOver(): Rows {
  const known = new Set<string>()
  return ({ event, key, amount, version }) => {
    const op = known.has(key) ? 'update' : 'insert'
    known.add(key)
    const after = { event_id: event, order_id: key, amount: String(amount), version: String(version) }
    return [{ table: 'fulfilled_orders', op, after }]
  }
}

/** Versions rise with each event of a key, as the harness counts them. */
function counted(h: ScalingHistory): ScalingHistory {
  const versions = new Map<string, number>()
  const add = h.add.bind(h)
  h.add = (event) => {
    if (event.kind !== 'input') return add(event)
    const version = (versions.get(event.key) ?? 0) + 1
    versions.set(event.key, version)
    return add({ ...event, version })
  }
  return h
}

const BENIGN: readonly (readonly [what: string, h: () => ScalingHistory])[] = [
  ['a row an event, inserted', () => history(({ event }) => [inserted(event)])],
  ['a row an order, written over by newer events', () => counted(history(writesOver(), STATES))],
  [
    'a row that is there before, and marked when it is handled',
    () => history(({ event }) => [{ ...inserted(event), op: 'update' }]),
  ],
  ['two rows an event', () => history(({ event }) => [inserted(event), inserted(event)])],
  [
    'a row that is written again with the same',
    () => history(({ event }) => [inserted(event), { ...inserted(event), op: 'update' }]),
  ],
]

function inserted(event: string): RowChange {
  return { table: 'shipments', op: 'insert', after: { event_id: event } }
}

for (const [what, write] of BENIGN) {
  test(`HELD: ${what}`, () => {
    const h = goodLife(write())
    h.end()
    const { verdict, reason } = judge(h.events, kindsWith())
    assert.equal(verdict, 'HELD', reason)
  })
}

test('an older event that a newer one of its key came before has nothing left to add', () => {
  const h = counted(history(writesOver(), STATES))
  const [, ...younger] = h.scale(1, 1).publish(3, { key: 'order-1' })
  h.effect(...younger)
    .baseline()
    .pass(3000)
  assert.equal(judged('SZ6', h), 'held')
})

test('no effect is missing where a row has an amount of which nobody knows whose it is', () => {
  const effects = { table: 'sums', amount: 'total' }
  const h = history(() => [{ table: 'sums', op: 'insert', after: { total: '17' } }], effects)
  const works = h.scale(1, 1).publish(2)
  h.effect(...works)
    .baseline()
    .pass(3000)
  assert.equal(judged('SZ6', h), 'unknown')
})

test('an amount that is added twice to one row is a second effect', () => {
  let sum = 0
  const h = history(
    ({ amount }) => {
      sum += amount
      const op = sum === amount ? 'insert' : 'update'
      return [{ table: 'sums', op, after: { order_id: 'one', total: String(sum) } }]
    },
    { table: 'sums', key: 'order_id', amount: 'total' },
  )
  const works = h.scale(1, 1).publish(1)
  h.effect(...works)
    .effect(...works)
    .pass(2000)
  assert.equal(judged('SZ6', h), 'drain-loss')
})
