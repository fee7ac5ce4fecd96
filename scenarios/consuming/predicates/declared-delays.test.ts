import type { ConsumerHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

/** An event that always fails, with these times between the ends and beginnings of its attempts. */
function failing(h: ConsumerHistory, ...waits: number[]): void {
  h.handle('o-0')
  const event = h.put('o-1', { expect: 'dead-letter', failures: -1 })
  h.attempt(event, true)
  for (const wait of waits) h.pass(wait).attempt(event, true)
}

table('RD2', [
  ['the declared delays', 'held', (h) => failing(h, 1000, 2000)],
  ['a little later', 'held', (h) => failing(h, 1300, 2500)],
  ['at once, where half a second is due', 'early-retry', (h) => failing(h, 500, 2000)],
  ['one delay for all', 'wrong-backoff', (h) => failing(h, 1000, 1000)],
  ['the delay of another tier', 'wrong-backoff', (h) => failing(h, 2000, 1000)],
  ['one that was late by as much as another delay', 'late-retry', (h) => failing(h, 2300, 2000)],
  [
    'two that wait for a longer delay than theirs',
    'wrong-backoff',
    (h) => {
      failing(h, 2300, 2000)
      failing(h, 2300, 2000)
    },
  ],
  [
    'one of two was late: the other one knows its delay',
    'late-retry',
    (h) => {
      failing(h, 2300, 2000)
      failing(h, 1000, 2000)
    },
  ],
  [
    'the failure was seen after the retry record that it led to: the record bounds when the attempt ended',
    'held',
    (h) => {
      h.handle('o-0')
      const event = h.put('o-1', { failures: 1 })
      h.divert(event, 0)
      h.pass(200).attempt(event, true)
      h.pass(830).attempt(event)
      h.apply(event)
    },
  ],
  ['much too late', 'late-retry', (h) => failing(h, 1000, 9000)],
  [
    'late, as is everything else',
    'held',
    (h) => {
      const behind = h.put('o-3')
      failing(h, 1000, 9000)
      h.apply(behind)
    },
  ],
  [
    'early after a crash',
    'held',
    (h) => {
      h.fault('armed')
      failing(h, 500)
      h.fault('cleared')
    },
  ],
  [
    'what the harness lets fail is no excuse',
    'early-retry',
    (h) => {
      h.fault('armed', 'failures', 'event-2')
      failing(h, 500)
      h.fault('cleared', 'failures', 'event-2')
    },
  ],
  [
    'the counterexample saw commits very unevenly: nothing can be said',
    'unknown',
    (h) => {
      const late = { beginLsn: 1, commitLsn: 1, xid: '1', rows: [], messages: [] }
      h.handle('o-0')
      failing(h, 500)
      h.add({ kind: 'pg.tx', ...late, committedAt: -5000 })
    },
  ],
  [
    'a record that was sent late, and a last attempt that never came',
    'held',
    (h) => {
      h.handle('o-0')
      const event = h.put('o-1', { failures: 2 })
      h.attempt(event, true).pass(500).divert(event, 0)
      h.pass(500).attempt(event, true)
      h.divert(event, 1)
    },
  ],
  [
    'by the records of the retry topics',
    'early-retry',
    (h) => {
      const event = h.put('o-1', { expect: 'dead-letter', failures: -1 })
      h.divert(event, 0, { timestamp: 10_000 })
      h.divert(event, 1, { timestamp: 10_500 })
    },
  ],
])
