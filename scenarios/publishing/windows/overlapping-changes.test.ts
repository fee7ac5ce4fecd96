import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trialsOf } from '../../../proof/history/trials.ts'
import { fed } from '../../../proof/history/view.ts'
import { HistoryBuilder, type Order } from '../fixture/builder.ts'
import { change, table } from '../fixture/entered.ts'
import { PublisherView } from '../view/publisher-view.ts'
import { overlappingChanges } from './overlapping-changes.ts'

const LINK = ['link', 'relay→kafka'] as const

/** The link is cut, the aggregate is there, and the first of two changes stands at the gate. */
function firstAtGate(h: HistoryBuilder): Order {
  h.fault('armed', ...LINK).fault('tookEffect', ...LINK)
  h.ok(change(h))
  h.gate('write', 'm-1', 'closed')
  const first = h.invoke('m-1')
  h.waiting('write', 'm-1', first.xid)
  return first
}

/** The gate opens, and what was waiting goes on to commit. */
function goesOn(h: HistoryBuilder, first: Order): void {
  h.gate('write', 'm-1', 'opened')
  h.commitOrder(first)
  h.ok(first)
}

table('W28', [
  [
    'the second one commits while the first one waits',
    /^transaction 502 had begun when the change of 503 was asked for, and committed after it; neither event/,
    (h) => {
      const first = firstAtGate(h)
      const second = change(h)
      goesOn(h, first)
      h.fault('cleared', ...LINK).publish(second)
      h.publish(first)
    },
  ],
  [
    'the second one commits after the first one',
    undefined,
    (h) => {
      const first = firstAtGate(h)
      const second = h.invoke('m-1')
      goesOn(h, first)
      h.commitOrder(second)
      h.fault('cleared', ...LINK)
    },
  ],
  [
    'the relay had published the second one before the first one committed',
    undefined,
    (h) => {
      const first = firstAtGate(h)
      h.publish(change(h))
      goesOn(h, first)
      h.fault('cleared', ...LINK)
    },
  ],
  [
    'what waited was rolled back, and its command was carried out by another transaction',
    undefined,
    (h) => {
      const first = firstAtGate(h)
      change(h)
      goesOn(h, { ...first, xid: 900 })
      h.fault('cleared', ...LINK)
    },
  ],
  [
    'another aggregate changed meanwhile',
    undefined,
    (h) => {
      const first = firstAtGate(h)
      change(h, 'beside')
      goesOn(h, first)
      h.fault('cleared', ...LINK)
    },
  ],
])

/** What shows that the subject's own design keeps it out. */
function exclusion(
  write: (h: HistoryBuilder, first: Order) => void,
  called?: (key: string) => string,
): string | undefined {
  const h = new HistoryBuilder({ windows: ['W28'], marked: ['m-1'] }, called).phase('fault', 'W28')
  write(h, firstAtGate(h))
  h.fault('cleared', ...LINK).phase('control-after')
  const [trial] = trialsOf(fed(new PublisherView(h.plan), h.events), 'W28')
  return trial && overlappingChanges.excluded?.(trial)?.says
}

test('whose second change waits for the first one is not asked', () => {
  const waits = (h: HistoryBuilder, first: Order, milliseconds: number) => {
    const second = h.invoke('m-1')
    h.pass(milliseconds)
    goesOn(h, first)
    h.commitOrder(second)
  }
  assert.match(
    exclusion((h, first) => waits(h, first, 2_000)) ?? '',
    /second one waited for the first one, before/,
  )
  assert.equal(
    exclusion((h, first) => waits(h, first, 1_000)),
    undefined,
  )
  const seen = exclusion((h, first) => {
    h.add({ kind: 'fact', name: 'session.waits', subject: 'm-1', value: 7 })
    waits(h, first, 2_000)
  })
  assert.match(seen ?? '', /in backend 7 of the database/)
})

test('whose second change never commits is not excused', () => {
  const lost = exclusion((h, first) => {
    h.invoke('m-1')
    h.pass(5_000)
    goesOn(h, first)
  })
  assert.equal(lost, undefined)
})

test('a service that refuses the second change, or rolls the first one back, is not asked', () => {
  const refused = exclusion((h, first) => {
    h.fail(h.invoke('m-1'))
    goesOn(h, first)
  })
  assert.match(refused ?? '', /^a change of an aggregate is refused while another one is under way/)
  const rolledBack = exclusion((h, first) => {
    change(h)
    h.gate('write', 'm-1', 'opened').fail(first)
    h.add({ kind: 'pg.xact', xid: String(first.xid), status: 'aborted' })
  })
  assert.match(rolledBack ?? '', /^changes that overlap do not both commit: transaction 502 was rolled back/)
})

test('whose commands make an aggregate each is told how one would be changed', () => {
  let made = 0
  const says = exclusion(
    (h, first) => {
      change(h)
      goesOn(h, first)
    },
    () => `made-${++made}`,
  )
  assert.match(says ?? '', /each command made one of its own, and `command\.again` does not say/)
})
