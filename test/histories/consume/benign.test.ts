import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CHECKERS } from '../../../proof/checkers/consume/checkers.ts'
import { checkerAlive } from '../../../proof/guards/checker-alive.ts'
import { ConsumerView } from '../../../proof/history/consumer-view.ts'
import { consuming } from '../../../proof/jurisdictions/consuming.ts'
import { ConsumerHistory } from './builder.ts'
import { judged } from './judged.ts'
import { putOpen } from './open-transaction.ts'
import { CONSUMER, IN_PLACE, type PlanChange } from './plan.ts'

interface Benign {
  readonly what: string
  readonly plan?: PlanChange
  readonly live: (h: ConsumerHistory) => void
}

const FAILS = { expect: 'dead-letter', failures: -1 } as const
const KEYS = ['o-0', 'o-1', 'o-0', 'o-1', 'o-2']

/** Unusual but correct: no checker may flag it, and every checker must still be awake on it. */
const BENIGN: readonly Benign[] = [
  {
    what: 'B1 copies, recognised',
    live(h) {
      h.handleAll(...KEYS)
      const event = h.handle('o-1')
      h.commit(h.copy(event)).commit(h.copy(event))
    },
  },
  {
    what: 'an event whose Kafka transaction was aborted, and who passed over it',
    live(h) {
      h.handleAll(...KEYS)
      const open = putOpen(h, 'o-1')
      const next = h.put('o-1')
      open.abort()
      h.attempt(next).apply(next)
      h.commit(next)
    },
  },
  {
    what: 'offsets that were lost, and a group that began from the start',
    live(h) {
      h.handleAll(...KEYS)
      for (const partition of [0, 1]) h.commit({ partition, offset: -2 })
      const event = h.put('o-1')
      for (const partition of [0, 1]) h.commit({ partition, offset: 0 })
      h.attempt(event).apply(event)
      h.commit(event).commit({ partition: 0, offset: 2 })
    },
  },
  {
    what: 'B7 offsets in the database, none in Kafka',
    plan: { consumer: { progress: 'own', dedupe: undefined } },
    live(h) {
      for (const key of KEYS) h.commitRows([h.effectRow(h.put(key))], 7)
    },
  },
  {
    what: 'B8 a status that is set twice',
    plan: { consumer: { dedupe: undefined } },
    live(h) {
      h.handleAll(...KEYS)
      const event = h.handle('o-1')
      h.commitRows([{ ...h.effectRow(event), op: 'update' }], 900)
      h.commit(h.copy(event))
    },
  },
  {
    what: 'B9 a version guard',
    plan: {
      consumer: {
        effects: { table: 'orders', eventId: 'event_id', key: 'id', version: 'version' },
        dedupe: undefined,
      },
    },
    live(h) {
      const write = (id: string, key: string, version: number, op: 'insert' | 'update') =>
        h.commitRows([{ table: 'orders', op, after: { id: key, event_id: id, version: String(version) } }], 7)
      const [first, second, third] = [h.put('o-1'), h.put('o-1'), h.put('o-1')]
      write(first.id, 'o-1', 1, 'insert')
      write(second.id, 'o-1', 2, 'update')
      write(third.id, 'o-1', 3, 'update')
      h.commit(third)
      h.commit(h.put('o-1', {}, { version: 2 }))
    },
  },
  {
    what: 'B10 a unique business key, no dedupe table',
    plan: { consumer: { dedupe: undefined } },
    live(h) {
      h.handleAll(...KEYS)
      h.commit(h.copy(h.handle('o-1')))
    },
  },
  {
    what: 'B11 many events in one transaction',
    live(h) {
      h.handleAll(...KEYS)
      const events = Array.from({ length: 500 }, (_, n) => h.put(`o-${n % 5}`))
      h.commitRows(
        events.flatMap((event) => [h.effectRow(event), h.dedupeRow(event)]),
        900,
      )
      for (const event of events.slice(-2)) h.commit(event)
    },
  },
  {
    what: 'B13, B15 no order is declared',
    plan: { consumer: { order: 'none' } },
    live(h) {
      h.handleAll(...KEYS)
      const [first, second] = [h.put('o-1', { failures: 1 }), h.put('o-1')]
      h.apply(second)
      h.fail(first, 1)
      h.commit(second)
    },
  },
  {
    what: 'B14 retries in place while other partitions go on',
    plan: { consumer: { retry: IN_PLACE } },
    live(h) {
      h.handleAll(...KEYS)
      const failing = h.put('o-1', { failures: 2 })
      const behind = h.put('o-3')
      h.attempt(failing, true).handle('o-2')
      h.pass(1000).attempt(failing, true).handle('o-0')
      h.pass(2000).attempt(failing).apply(failing)
      h.apply(behind)
      h.commit(behind)
    },
  },
  {
    what: 'B16 no dead-letter topic: what fails is kept in a table',
    plan: { consumer: { retry: undefined } },
    live(h) {
      h.handleAll(...KEYS)
      h.commit(h.put('o-1', { ...FAILS, retriable: false }))
    },
  },
  {
    what: 'B17 the same dead letter twice, after a crash',
    live(h) {
      h.started().handleAll(...KEYS)
      const event = h.put('o-1', { ...FAILS, retriable: false })
      h.attempt(event, true).divert(event, 'dead-letter')
      h.fault('armed').fault('bitten').fault('cleared').started(0, 2)
      h.refuse(event)
    },
  },
  {
    what: 'B22 keys and values that are no text',
    live(h) {
      h.handleAll(...KEYS)
      const event = h.put('base64:gICA', FAILS, { value: 'base64:AAEC' })
      h.fail(event)
    },
  },
  {
    what: 'B26 partitions change hands while the group works',
    live(h) {
      h.generation({ a: [0, 1] }).handleAll(...KEYS)
      h.generation({ a: [0], b: [] }).handle('o-0')
      h.generation({ a: [0], b: [1] }).handleAll(...KEYS)
      h.generation({ a: [], b: [1] })
        .generation({ b: [1] })
        .handle('o-1')
      h.generation({ b: [0, 1] }).handleAll(...KEYS)
    },
  },
  {
    what: 'B28 a row for each line of an order',
    live(h) {
      for (const key of KEYS) {
        const event = h.put(key)
        h.commitRows([h.effectRow(event), h.effectRow(event), h.dedupeRow(event)], event.xid)
        h.commit(event)
      }
    },
  },
  {
    what: 'B29 attempts doubled by a redelivery after a crash',
    live(h) {
      h.started().handleAll(...KEYS)
      const event = h.put('o-1', FAILS)
      h.attempt(event, true).divert(event, 0)
      h.fault('armed').fault('bitten').fault('cleared').started(0, 2)
      h.fail(event)
      h.commit(h.pass(1000).attempt(event, true).divert(event, 1), 'orders-retry-1')
      h.pass(2000).attempt(event, true).divert(event, 'dead-letter')
    },
  },
  {
    what: 'rows in a schema, and amounts instead of ids',
    plan: {
      consumer: {
        effects: { table: 'public.shipments', amount: 'amount' },
        dedupe: undefined,
        retry: undefined,
      },
    },
    live(h) {
      for (const key of KEYS) {
        const event = h.put(key)
        const after = { order_id: key, amount: `${event.amount}.00` }
        h.commitRows([{ table: 'shipments', op: 'insert', after }], event.xid)
        h.commit(event)
      }
    },
  },
  {
    what: 'B40 one sum a key, several events in one write',
    plan: {
      consumer: {
        effects: { table: 'stock', key: 'id', sum: 'total' },
        retry: undefined,
      },
    },
    live(h) {
      const totals = new Map<string, number>()
      for (let round = 0; round < 3; round++) {
        for (const key of new Set(KEYS)) {
          const events = [0, 1].map((n) => h.put(key, {}, { amount: 4 ** (2 * round + n) }))
          const before = totals.get(key) ?? 0
          const total = events.reduce((sum, { amount }) => sum + amount, before)
          totals.set(key, total)
          const after = { id: key, total: String(total) }
          const row = before === 0 ? { op: 'insert' as const } : { op: 'update' as const }
          const was = before === 0 ? {} : { before: { id: key, total: String(before) } }
          for (const event of events) h.attempt(event)
          const memories = events.map((event) => h.dedupeRow(event))
          h.commitRows([{ table: 'stock', ...row, after, ...was }, ...memories], events[0]?.xid ?? 0)
          for (const event of events) h.commit(event)
        }
      }
    },
  },
  {
    what: 'a consumer that calls out and keeps its retries in topics',
    plan: { consumer: { ...CONSUMER, order: 'none' } },
    live(h) {
      h.handleAll(...KEYS)
      const event = h.put('o-1', { failures: 1 })
      h.call(event, event.id, 503)
      const retry = h.divert(event, 0)
      h.commit(event).pass(1000).call(event).attempt(event).apply(event)
      h.commit(retry, 'orders-retry-0')
    },
  },
]

for (const { what, plan, live } of BENIGN) {
  test(`not flagged: ${what}`, () => {
    const bounds = { headOfLine: 60_000 }
    const h = new ConsumerHistory({ windows: [], faults: [], bounds, ...plan })
    live(h)
    h.end()
    for (const id of CHECKERS.keys()) assert.equal(judged(id, h), 'held', id)
    const view = new ConsumerView(h.events, h.plan)
    const sight = checkerAlive.look({ view, jurisdiction: consuming, findings: [], windows: [] })
    assert.ok(sight.met, sight.evidence)
  })
}
