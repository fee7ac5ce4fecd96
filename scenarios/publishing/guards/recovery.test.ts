import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fed } from '../../../proof/history/view.ts'
import { HistoryBuilder } from '../fixture/builder.ts'
import { evidenceOf } from '../fixture/kinds.ts'
import type { PublisherPlan } from '../plan.ts'
import { PublisherView } from '../view/publisher-view.ts'
import { recovery } from './recovery.ts'

type Write = (h: HistoryBuilder) => void

const table: readonly (readonly [what: string, met: boolean, write: Write])[] = [
  [
    'an event is owed when the fault is cleared',
    true,
    (h) => {
      h.fault('armed').fault('tookEffect')
      const order = h.invoke('o-1')
      h.commitOrder(order)
      h.ok(order).fault('cleared').publish(order)
    },
  ],
  [
    'an event is sent again after the fault',
    true,
    (h) => {
      h.fault('armed')
      const order = h.invoke('o-1')
      h.commitOrder(order)
      h.publish(order)
      h.fault('tookEffect').fault('cleared').publish(order)
      h.mark(order)
      h.order('o-2')
    },
  ],
  [
    'a commit had waited at the gate',
    true,
    (h) => {
      const order = h.gate('commit', 'o-1', 'closed').invoke('o-1')
      h.waiting('commit', 'o-1', order.xid).gate('commit', 'o-1', 'opened')
      h.commitOrder(order)
      h.ok(order).publish(order)
    },
  ],
  [
    'a transaction was rolled back at the gate, and commands go on',
    true,
    (h) => {
      const order = h.gate('commit', 'o-1', 'closed').invoke('o-1')
      h.waiting('commit', 'o-1', order.xid).fault('armed').fault('tookEffect').fault('cleared')
      h.gate('commit', 'o-1', 'opened').info(order)
      h.add({ kind: 'pg.xact', xid: String(order.xid), status: 'aborted' })
      h.order('o-1')
    },
  ],
  [
    'a command was refused while the fault was there, and later ones are carried out',
    true,
    (h) => {
      h.fault('armed').fault('tookEffect')
      h.info(h.invoke('o-1'))
      h.fault('cleared').order('o-2')
    },
  ],
  [
    'the fault met nothing, and everything went on behind it',
    false,
    (h) => {
      h.order('o-1')
      h.fault('armed').fault('tookEffect').fault('cleared').order('o-1')
    },
  ],
  [
    'nothing came after the fault',
    false,
    (h) => {
      h.order('o-1')
      h.fault('armed').fault('tookEffect').fault('cleared')
    },
  ],
  ['there was no fault', false, (h) => void h.order('o-1')],
  [
    'an event that can never be published, and others behind it',
    true,
    (h) => void h.fault('armed', 'poison', 'o-1').fault('tookEffect', 'poison', 'o-1').order('o-2'),
  ],
]

for (const [what, met, write] of table) {
  test(`guard 3 is ${met ? '' : 'not '}met: ${what}`, () => {
    const h = new HistoryBuilder()
    write(h)
    const view = fed(new PublisherView(h.plan), h.end())
    const sight = recovery.look(evidenceOf(view))
    assert.equal(sight.met, met, sight.evidence)
  })
}

test('guard 3 is met where the subject has no need of what was taken away, and goes on', () => {
  const looked = (traits: PublisherPlan['traits']) => {
    const h = new HistoryBuilder({ traits })
    h.order('o-1')
    h.fault('armed').fault('tookEffect').fault('cleared').order('o-2')
    return recovery.look(evidenceOf(fed(new PublisherView(h.plan), h.end()))).met
  }
  assert.deepEqual([looked([]), looked(['may-pass-by'])], [false, true])
})
