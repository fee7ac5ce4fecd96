import type { ConsumerHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'
import { IN_PLACE } from '../fixture/plan.ts'

const FAILS = { expect: 'dead-letter', failures: -1 } as const
const PLACE = { consumer: { retry: IN_PLACE } }

/** An event under `key` comes right behind one that fails under o-1, and has its effect when that one has ended. */
function behind(h: ConsumerHistory, key: string): void {
  const failing = h.put('o-1', FAILS)
  const event = h.put(key)
  h.fail(failing)
  h.apply(event)
  h.commit(event)
}

table('RD6', [
  ['nothing fails', 'held', (h) => h.handleAll('o-0', 'o-1')],
  [
    'another key does not wait',
    'held',
    (h) => {
      const failing = h.put('o-1', FAILS)
      h.handle('o-3')
      h.fail(failing)
    },
  ],
  ['another key waits', 'head-of-line-block', (h) => behind(h, 'o-3')],
  ['its own key may wait', 'held', (h) => behind(h, 'o-1')],
  ['in place its partition may wait', 'held', (h) => behind(h, 'o-3'), PLACE],
  ['in place another partition waits', 'head-of-line-block', (h) => behind(h, 'o-2'), PLACE],
  [
    'in place its partition may wait, whatever fails elsewhere meanwhile',
    'held',
    (h) => {
      const elsewhere = h.put('o-2', FAILS)
      const failing = h.put('o-1', FAILS)
      const event = h.put('o-3')
      h.attempt(elsewhere, true)
      h.fail(failing)
      h.divert(elsewhere, 'dead-letter')
      h.apply(event)
    },
    PLACE,
  ],
  [
    'in place its partition waits on when the failing one in front has ended',
    'head-of-line-block',
    (h) => {
      const elsewhere = h.put('o-2', FAILS)
      const failing = h.put('o-1', { failures: 1 })
      const event = h.put('o-3')
      h.attempt(elsewhere, true)
      h.fail(failing, 1)
      h.pass(2000).attempt(elsewhere, true).divert(elsewhere, 'dead-letter')
      h.apply(event)
    },
    PLACE,
  ],
  [
    'in place another partition waits for an event without an end',
    'head-of-line-block',
    (h) => {
      const failing = h.put('o-1', FAILS)
      h.put('o-2')
      for (let n = 0; n < 9; n++) h.attempt(failing, true).pass(1000)
    },
    PLACE,
  ],
  [
    'a restart explains the wait',
    'held',
    (h) => {
      h.started()
      const failing = h.put('o-1', FAILS)
      const event = h.put('o-3')
      h.started(0, 2).fail(failing)
      h.apply(event)
    },
  ],
  [
    'in place nobody of its key overtakes it',
    'held',
    (h) => {
      const failing = h.put('o-1', { failures: 1 })
      const event = h.put('o-1')
      h.fail(failing, 1)
      h.apply(event)
    },
    PLACE,
  ],
  [
    'in place the next one of its key overtakes it',
    'order-broken-by-retry',
    (h) => {
      const failing = h.put('o-1', { failures: 1 })
      h.attempt(failing, true)
      h.apply(h.put('o-1'))
      h.pass(1000).attempt(failing).apply(failing)
    },
    PLACE,
  ],
  [
    'no order is declared',
    'held',
    (h) => {
      const failing = h.put('o-1', { failures: 1 })
      h.attempt(failing, true)
      h.apply(h.put('o-1'))
      h.pass(1000).attempt(failing).apply(failing)
    },
    { consumer: { retry: IN_PLACE, order: 'none' } },
  ],
])
