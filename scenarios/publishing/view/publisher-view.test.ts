import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { late } from '../../../proof/history/fixture/late.ts'
import { delays, lookedAt, pauses } from '../../../proof/history/fixture/looked-at.ts'
import { fed } from '../../../proof/history/view.ts'
import { HistoryBuilder } from '../fixture/builder.ts'
import { PREDICATES } from '../fixture/kinds.ts'
import { CorrectLife, steps } from '../fixture/life.ts'
import type { PlanChange } from '../fixture/plan.ts'
import { PLAN } from '../fixture/plan.ts'
import type { ExpectedEvent, PublishedRecord } from './expected-event.ts'
import { PublisherView } from './publisher-view.ts'

const { outbox: OUTBOX = assert.fail(), ...WITHOUT_OUTBOX } = PLAN.publisher

const IN_PAYLOAD = { column: 'payload', json: '$.key' }

const PLANS: Readonly<Record<string, PlanChange>> = {
  'events with ids': {},
  'records without ids': { publisher: { ...PLAN.publisher, eventId: { header: 'nowhere' } } },
  'changes without an outbox': { publisher: { ...WITHOUT_OUTBOX, eventId: { header: 'nowhere' } } },
  'aggregates in payloads': {
    publisher: { ...PLAN.publisher, outbox: { ...OUTBOX, aggregateId: IN_PAYLOAD } },
  },
  'lists of events': { publisher: { ...PLAN.publisher, events: '$.events' } },
}

for (const [what, plan] of Object.entries(PLANS)) {
  test(`whoever looks in between sees the same: ${what}`, () => {
    fc.assert(
      fc.property(steps, delays, pauses, (steps, delays, pauses) => {
        const h = new CorrectLife(plan).live(steps)
        const open = () => new PublisherView({ ...h.plan, ...plan } as PublisherView['plan'])
        lookedAt(open, late(h.events, delays), pauses, (followed, at) => {
          assert.deepEqual(seen(followed), seen(at))
          for (const predicate of PREDICATES.values())
            assert.deepEqual(predicate.check(followed), predicate.check(at))
        })
      }),
      { numRuns: 100 },
    )
  })
}

test('an event’s id and aggregate stand in its payload; where nobody can read that it is an event all the same', () => {
  const publisher = {
    ...PLAN.publisher,
    eventId: { json: '$.key' },
    outbox: { ...OUTBOX, id: IN_PAYLOAD, aggregateId: IN_PAYLOAD },
  }
  const h = new HistoryBuilder({ publisher })
  const [read, cut] = [h.invoke('o-1'), { ...h.invoke('o-2'), payload: '{"key"' }]
  for (const order of [read, cut]) {
    h.commit([h.stateRow(order), h.outboxRow({ ...order, key: 'other', id: 'other' })], order.xid)
    h.publish(order, { headers: {} })
  }
  const view = fed(new PublisherView(h.plan), h.events)
  assert.deepEqual(
    view.expectedEvents().map(({ id, key, records }) => [id, key, records.length]),
    [
      ['o-1', 'o-1', 1],
      [undefined, 'o-2', 1],
    ],
  )
})

/** What a view says, without what knows each other. */
function seen(view: PublisherView) {
  return {
    transactions: view.transactions.map(({ commitLsn, expected }) => [commitLsn, expected.map(told)]),
    records: view.records.map((one) => ({
      ...place(one),
      fate: one.fate,
      from: one.visibleFrom,
      by: one.matchedBy,
    })),
    announcing: view.records.map(({ expected }) => expected && told(expected)),
    commands: view.commands.all.map(({ tx, outcome }) => [tx?.commitLsn, outcome?.seq]),
    reused: view.reusedIds.map((events) => events.map(told)),
    unpublished: view.unpublished().map(told),
    holes: view.coverage.holes,
    settled: view.settled,
  }
}

function told({ tx, records, ...event }: ExpectedEvent) {
  return { ...event, lsn: tx.commitLsn, records: records.map(place) }
}

function place({ record: { partition, offset }, index }: PublishedRecord) {
  return { partition, offset, index }
}
