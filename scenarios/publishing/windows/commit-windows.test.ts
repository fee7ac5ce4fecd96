import assert from 'node:assert/strict'
import { test } from 'node:test'
import { trialsOf } from '../../../proof/history/trials.ts'
import { fed } from '../../../proof/history/view.ts'
import { HistoryBuilder } from '../fixture/builder.ts'
import { change, table } from '../fixture/entered.ts'
import { PublisherView } from '../view/publisher-view.ts'
import { commitInDoubt } from './commit-in-doubt.ts'
import { lateCommit } from './late-commit.ts'

/** Waits at the commit gate with its transaction. */
function atGate(h: HistoryBuilder) {
  h.gate('commit', 'm-1', 'closed')
  const order = h.invoke('m-1')
  h.waiting('commit', 'm-1', order.xid)
  return order
}

const ended = (h: HistoryBuilder, order: { readonly xid: number }, status: 'aborted' | 'committed') =>
  void h.add({ kind: 'pg.xact', xid: String(order.xid), status })

table('W1', [
  [
    'the session is ended at the gate, and the transaction is rolled back',
    /stood in COMMIT .* was aborted$/,
    (h) => {
      const order = atGate(h)
      h.fault('armed', 'end-session', 'm-1').fault('tookEffect', 'end-session', 'm-1')
      ended(h.gate('commit', 'm-1', 'opened'), order, 'aborted')
    },
  ],
  [
    'the service dies at the gate, and the server commits for nobody',
    /was committed$/,
    (h) => {
      const order = atGate(h)
      h.fault('armed', 'kill').fault('tookEffect', 'kill').gate('commit', 'm-1', 'opened')
      h.commitOrder(order)
      ended(h, order, 'committed')
    },
  ],
  [
    'the session was said to be ended, and its transaction was committed all the same',
    undefined,
    (h) => {
      const order = atGate(h)
      h.fault('armed', 'end-session', 'm-1').fault('tookEffect', 'end-session', 'm-1')
      h.commitOrder(order)
      ended(h, order, 'committed')
    },
  ],
  [
    'nobody knows what became of the transaction',
    undefined,
    (h) => {
      atGate(h)
      h.fault('armed', 'kill').fault('tookEffect', 'kill')
    },
  ],
  ['nothing took effect', undefined, (h) => ended(h, atGate(h), 'committed')],
])

table('W2', [
  [
    'it commits while answers vanish',
    /committed while no answer could pass$/,
    (h) => {
      const order = atGate(h)
      h.fault('armed', 'link').gate('commit', 'm-1', 'opened')
      h.commitOrder(order)
      h.fault('tookEffect', 'link').info(order).fault('cleared', 'link')
    },
  ],
  [
    'the answer came while answers were to vanish',
    undefined,
    (h) => {
      const order = atGate(h)
      h.fault('armed', 'link')
      h.commitOrder(order)
      h.ok(order).fault('tookEffect', 'link').fault('cleared', 'link')
    },
  ],
  [
    'the service answers when its connection is given up',
    /committed while no answer could pass$/,
    (h) => {
      const order = atGate(h)
      h.fault('armed', 'link').gate('commit', 'm-1', 'opened')
      h.commitOrder(order)
      h.fault('tookEffect', 'link').ok(order).fault('cleared', 'link')
    },
  ],
  [
    'it committed before',
    undefined,
    (h) => {
      const order = change(h)
      h.fault('armed', 'link').fault('tookEffect', 'link').info(order).fault('cleared', 'link')
    },
  ],
])

for (const id of ['W6', 'W7']) {
  table(id, [
    [
      'three changes are published while the commit is held',
      /held while 3 later changes|later transactions were published before/,
      (h) => {
        const order = atGate(h)
        for (let n = 0; n < 3; n++) h.order('beside')
        h.gate('commit', 'm-1', 'opened')
        h.commitOrder(order)
      },
    ],
    [
      'two of them only',
      undefined,
      (h) => {
        const order = atGate(h)
        for (let n = 0; n < 2; n++) h.order('beside')
        h.gate('commit', 'm-1', 'opened')
        h.order('beside')
        h.commitOrder(order)
      },
    ],
  ])
}

test('who answers before the commit does not meet W2', () => {
  const excluded = (answer: 'before' | 'after', answers: 'accepted' | 'committed' = 'accepted') => {
    const publisher = { answers: answers } as const
    const h = new HistoryBuilder({ windows: ['W2'], marked: ['m-1'], publisher }).phase('fault', 'W2')
    const order = atGate(h)
    if (answer === 'before') h.ok(order)
    h.fault('armed', 'link').gate('commit', 'm-1', 'opened')
    h.commitOrder(order)
    if (answer === 'after') h.ok(order)
    h.fault('tookEffect', 'link').fault('cleared', 'link').phase('control-after')
    const [trial] = trialsOf(fed(new PublisherView(h.plan), h.events), 'W2')
    return trial && commitInDoubt.excluded?.(trial)?.says
  }
  assert.match(excluded('before') ?? '', /^it only accepts what it is told/)
  assert.equal(excluded('after'), undefined)
  assert.equal(excluded('before', 'committed'), undefined)
})

test('a relay that waits for transactions that began earlier does not meet W7', () => {
  const excluded = (milliseconds: number, published: 'meanwhile' | 'after') => {
    const h = new HistoryBuilder({ windows: ['W7'], marked: ['m-1'] }).phase('fault', 'W7')
    const order = atGate(h)
    const others = ['o-2', 'o-3', 'o-4'].map((key) => h.invoke(key))
    for (const other of others) h.commitOrder(other)
    if (published === 'meanwhile') for (const other of others) h.publish(other)
    h.pass(milliseconds).gate('commit', 'm-1', 'opened')
    h.commitOrder(order)
    if (published === 'after') for (const other of others) h.publish(other)
    h.phase('control-after')
    const [trial] = trialsOf(fed(new PublisherView(h.plan), h.events), 'W7')
    return trial && lateCommit.excluded?.(trial)?.says
  }
  assert.match(
    excluded(10_000, 'after') ?? '',
    /^its relay waits for transactions that began earlier: 3 changes/,
  )
  assert.equal(excluded(10_000, 'meanwhile'), undefined)
  assert.equal(excluded(2_000, 'after'), undefined)
})
