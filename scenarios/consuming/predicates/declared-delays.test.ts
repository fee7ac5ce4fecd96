import type { ConsumerHistory, Placed } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

/** An event that always fails, with these times between the ends and beginnings of its attempts. */
function failing(h: ConsumerHistory, ...waits: number[]): void {
  h.handle('o-0')
  const event = h.put('o-1', { expect: 'dead-letter', failures: -1 })
  h.attempt(event, true)
  for (const wait of waits) h.pass(wait).attempt(event, true)
}

/** An event that fails once and lies on the first retry topic. */
function retried(h: ConsumerHistory, key: string, partition?: number): Placed {
  const event = h.put(key, { failures: 1 })
  h.attempt(event, true).divert(event, 0, partition === undefined ? {} : { partition })
  return event
}

function succeeds(h: ConsumerHistory, ...events: readonly Placed[]): void {
  for (const event of events) h.attempt(event).apply(event)
}

/** A retry that is tried behind one which came to another partition so much later. */
function inTurn(h: ConsumerHistory, later: number): void {
  h.handle('o-0')
  const event = retried(h, 'o-1')
  h.pass(later)
  const other = retried(h, 'o-0')
  h.pass(1000)
  succeeds(h, other, event)
}

/** A retry whose reader has one in hand for so long that no retry can help; unreadable, its attempts are not seen. */
function behindHopeless(h: ConsumerHistory, milliseconds: number, unreadable = false): void {
  h.handle('o-0')
  const hopeless = h.put('o-1', { expect: 'dead-letter', failures: unreadable ? 0 : -1, retriable: false })
  if (!unreadable) h.attempt(hopeless, true)
  h.divert(hopeless, 0)
  const event = retried(h, 'o-1')
  h.pass(1010)
  if (!unreadable) h.attempt(hopeless, true)
  h.pass(milliseconds).divert(hopeless, 1)
  succeeds(h, event)
}

/** A retry that is tried behind others, which came so much later, to two other partitions in turn, and are on time. */
function afterTurns(h: ConsumerHistory, ...later: readonly number[]): void {
  h.handle('o-0')
  const event = retried(h, 'o-1')
  const came = h.at
  const others: Placed[] = []
  const steps = later.flatMap((at, n) => [
    { at, step: () => void others.push(retried(h, 'o-0', n % 2 === 0 ? 0 : 2)) },
    { at: at + 1010, step: () => succeeds(h, ...others.splice(0, 1)) },
  ])
  for (const { at, step } of steps.sort((a, b) => a.at - b.at)) {
    h.pass(Math.max(0, came + at - h.at))
    step()
  }
  succeeds(h, event)
}

/** The group reads the retry topic, and these members have a partition each. */
function owners(h: ConsumerHistory, ...names: readonly string[]): void {
  const members = names.map((name, partition) => ({
    memberId: name,
    clientId: name,
    instanceId: null,
    partitions: [{ topic: 'orders-retry-0', partition }],
  }))
  h.generation({}, { members })
}

table('RD2', [
  ['the declared delays', 'held', (h) => failing(h, 1000, 2000)],
  [
    'rolled back with a neighbour of its batch and done again by itself: no retry of its own',
    'held',
    (h) => {
      failing(h, 1000, 2000)
      const event = h.put('o-2')
      h.attempt(event).pass(500)
      h.attempt(event).apply(event)
    },
  ],
  ['a little later', 'held', (h) => failing(h, 1300, 2500)],
  ['behind one that nothing can help', 'held', (h) => behindHopeless(h, 900)],
  ['behind one that can not be read', 'held', (h) => behindHopeless(h, 900, true)],
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
    'late, and what else took as long was retried, too',
    'late-retry',
    (h) => {
      const behind = h.put('o-3')
      h.divert(behind, 0)
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
  ['one reader waits for a retry of another partition first', 'held', (h) => inTurn(h, 600)],
  [
    'its reader works on another one meanwhile',
    'held',
    (h) => {
      h.handle('o-0')
      const other = h.put('o-0', { failures: 2 })
      const first = h.attempt(other, true).divert(other, 0)
      const event = retried(h, 'o-1')
      h.pass(1000).attempt(other, true).pass(700).divert(first, 1)
      succeeds(h, event)
      h.pass(1400)
      succeeds(h, other)
    },
  ],
  ['two partitions have two turns before it', 'held', (h) => afterTurns(h, 400, 800, 1200, 1600)],
  [
    'another partition has a third turn before it',
    'late-retry',
    (h) => afterTurns(h, 400, 800, 1200, 1600, 2300),
  ],
  [
    'of one group, whose other member waits for its own retry',
    'late-retry',
    (h) => {
      owners(h, 'first', 'second')
      inTurn(h, 600)
    },
  ],
  [
    'a member of the group that has both partitions',
    'held',
    (h) => {
      owners(h, 'first', 'first')
      inTurn(h, 600)
    },
  ],
  [
    'one that was due before it explains nothing',
    'late-retry',
    (h) => {
      h.handle('o-0')
      const first = retried(h, 'o-0')
      const second = retried(h, 'o-1')
      h.pass(1000)
      succeeds(h, first)
      h.pass(500)
      succeeds(h, second)
    },
  ],
  [
    'each waits too long, one behind the other, on every partition',
    'late-retry',
    (h) => {
      h.handle('o-0')
      const events = Array.from({ length: 12 }, (_, n) => {
        h.pass(150)
        return retried(h, `o-${n % 2}`)
      })
      // The first one of them is late by more than all of them are apart.
      h.pass(1100)
      for (const event of events) {
        succeeds(h, event)
        h.pass(150)
      }
    },
  ],
  [
    'the whole delay is waited for in front of each',
    'late-retry',
    (h) => {
      h.handle('o-0')
      const events = [retried(h, 'o-1'), retried(h, 'o-1'), retried(h, 'o-1')]
      for (const event of events) {
        h.pass(1000)
        succeeds(h, event)
      }
    },
  ],
])
