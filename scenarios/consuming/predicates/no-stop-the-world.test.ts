import type { ConsumerHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

const ROLLING = { traits: ['rolling'] } as const

/** An event waits on partition 1 while partition 0 changes hands. */
function waiting(h: ConsumerHistory, milliseconds: number, after: Record<string, number[]>): void {
  h.generation({ first: [0], second: [1] })
  const event = h.put('o-1')
  h.pass(milliseconds).generation(after).apply(event)
  h.commit(event)
}

/** Six events wait on partition 1; nobody works on it for so long after partition 0 has changed hands. */
function farBehind(h: ConsumerHistory, still: number): void {
  h.generation({ first: [0], second: [1] })
  const events = Array.from({ length: 6 }, () => h.put('o-1'))
  for (const [n, event] of events.entries()) {
    h.pass(300).apply(event)
    h.commit(event)
    if (n !== 2) continue
    h.pass(100).generation({ third: [0], second: [1] })
    h.pass(still)
  }
}

table('CG2', [
  [
    'one partition is let go and taken',
    'held',
    (h) =>
      void h
        .generation({ a: [0, 1], b: [] })
        .generation({ a: [1], b: [] })
        .generation({ a: [1], b: [0] }),
  ],
  [
    'a member gives up what it gets back',
    'stop-the-world',
    (h) =>
      void h
        .generation({ a: [0, 1], b: [] })
        .generation({ a: [], b: [] })
        .generation({ a: [1], b: [0] }),
  ],
  [
    'who was to get what a member gave up left before it came to that',
    'held',
    (h) =>
      void h
        .generation({ a: [0, 1] })
        .generation({ a: [1], b: [] })
        .generation({ a: [0, 1] }),
  ],
  [
    'a member left and another one came',
    'held',
    (h) =>
      void h
        .generation({ a: [0, 1] })
        .generation({ b: [] })
        .generation({ b: [0, 1] }),
  ],
  ['a kept partition is worked on', 'held', (h) => waiting(h, 100, { third: [0], second: [1] }), ROLLING],
  [
    'a kept partition stands still',
    'stop-the-world',
    (h) => waiting(h, 2000, { third: [0], second: [1] }),
    ROLLING,
  ],
  ['a kept partition is far behind, and is worked on all the while', 'held', (h) => farBehind(h, 0), ROLLING],
  ['a kept partition is far behind, and stands still', 'stop-the-world', (h) => farBehind(h, 1500), ROLLING],
  [
    'its owner dies right after a change that it had no part in',
    'held',
    (h) => {
      h.generation({ first: [0], second: [1] })
      const event = h.put('o-1')
      h.generation({ third: [0], second: [1] })
        .pass(4000)
        .generation({ third: [0, 1] })
        .apply(event)
      h.commit(event)
    },
    ROLLING,
  ],
  [
    'a partition that moves may stand still',
    'held',
    (h) => waiting(h, 2000, { third: [0, 1], second: [] }),
    ROLLING,
  ],
  ['elsewhere other things delay events', 'held', (h) => waiting(h, 2000, { third: [0], second: [1] })],
])
