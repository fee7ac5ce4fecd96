import type { ConsumerHistory } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'
import { IN_PLACE } from '../fixture/plan.ts'

const FAILS = { expect: 'dead-letter', failures: -1 } as const
const PLACE = { consumer: { retry: IN_PLACE } }

/** An event that would succeed at the second attempt is a dead letter behind the first; something was cut off before. */
function behindLink(h: ConsumerHistory, unreachable: 'database' | 'kafka'): void {
  const event = h.put('o-1', { failures: 1 })
  const [fault, target] = ['link', `consumer→${unreachable}`]
  h.add({ kind: 'fault.injected', fault, target, effect: 'cut', unreachable })
  h.fault('tookEffect', fault, target).fault('cleared', fault, target)
  h.attempt(event, true).divert(event, 'dead-letter')
}

/** Something becomes of an event that nobody can read for now. */
function withoutRegistry(
  h: ConsumerHistory,
  becomes: (event: ReturnType<ConsumerHistory['put']>) => void,
): void {
  h.fault('armed', 'registry-away').fault('tookEffect', 'registry-away')
  becomes(h.put('o-1'))
  h.fault('cleared', 'registry-away')
}

table('RD1', [
  ['always fails: three attempts, then a dead letter', 'held', (h) => h.fail(h.put('o-1', FAILS))],
  ['fails once and succeeds', 'held', (h) => h.fail(h.put('o-1', { failures: 1 }), 1)],
  ['fails twice in place and succeeds', 'held', (h) => h.fail(h.put('o-1', { failures: 2 }), 2), PLACE],
  ['always fails in place', 'held', (h) => h.fail(h.put('o-1', FAILS)), PLACE],
  ['a dead letter at the first failure', 'premature-dlt', (h) => h.refuse(h.put('o-1', FAILS))],
  [
    'a dead letter that would have succeeded',
    'premature-dlt',
    (h) => {
      const event = h.put('o-1', { failures: 2 })
      h.attempt(event, true).pass(1000).attempt(event, true).divert(event, 'dead-letter')
    },
    PLACE,
  ],
  [
    'one attempt less than declared',
    'retry-count-mismatch',
    (h) => {
      const event = h.put('o-1', FAILS)
      h.attempt(event, true).pass(1000).attempt(event, true).divert(event, 'dead-letter')
    },
    PLACE,
  ],
  [
    'one attempt more than declared',
    'retry-count-mismatch',
    (h) => {
      const event = h.put('o-1', FAILS)
      for (let n = 0; n < 4; n++) h.attempt(event, true).pass(1000)
      h.divert(event, 'dead-letter')
    },
    PLACE,
  ],
  [
    'one attempt more than declared, after a crash',
    'held',
    (h) => {
      const event = h.put('o-1', FAILS)
      h.attempt(event, true).fault('armed').fault('tookEffect').fault('cleared').pass(1000)
      h.fail(event)
    },
  ],
  [
    'without an end',
    'infinite-retry',
    (h) => {
      const event = h.put('o-1', FAILS)
      for (let n = 0; n < 9; n++) h.attempt(event, true).pass(1000)
    },
  ],
  [
    'on one retry topic for ever',
    'infinite-retry',
    (h) => {
      const event = h.put('o-1', FAILS)
      for (let n = 0; n < 9; n++) h.divert(event, 0)
    },
  ],
  [
    'a batch is divided until the event is alone',
    'held',
    (h) => {
      const event = h.put('o-1', FAILS)
      for (let n = 0; n < 6; n++) h.attempt(event, true)
      h.pass(1000).attempt(event, true).pass(2000).attempt(event, true).divert(event, 'dead-letter')
    },
    PLACE,
  ],
  [
    'a good event is tried again for its neighbours',
    'held',
    (h) => {
      const event = h.put('o-1')
      for (let n = 0; n < 5; n++) h.attempt(event).pass(900)
      h.apply(event)
    },
  ],
  [
    'redriven: the attempts begin anew',
    'held',
    (h) => {
      const event = h.put('o-1', FAILS)
      h.fail(event)
      h.fail(h.copy(event, FAILS))
    },
  ],
  [
    'attempts are calls to the outside',
    'premature-dlt',
    (h) => {
      const event = h.put('o-1', FAILS)
      h.call(event, event.id, 503).divert(event, 'dead-letter')
    },
  ],
  [
    'a dead letter at the first failure, one crash before: two attempts at the most',
    'premature-dlt',
    (h) => {
      const event = h.put('o-1', { failures: 1 })
      h.fault('armed').fault('tookEffect').fault('cleared').divert(event, 'dead-letter')
    },
  ],
  [
    'a dead letter at the first failure that is seen while the consumer is killed',
    'premature-dlt',
    (h) => {
      const event = h.put('o-1', { failures: 1 })
      h.fault('armed').fault('tookEffect').fault('cleared').attempt(event, true).divert(event, 'dead-letter')
    },
  ],
  [
    'as many crashes as there are attempts that nobody saw',
    'held',
    (h) => {
      const event = h.put('o-1', { failures: 1 })
      for (let n = 0; n < 2; n++) h.fault('armed').fault('tookEffect').fault('cleared')
      h.attempt(event, true).divert(event, 'dead-letter')
    },
  ],
  [
    'the database was out of reach: nobody knows how often it was tried',
    'held',
    (h) => behindLink(h, 'database'),
  ],
  ['the broker was out of reach: attempts are seen', 'premature-dlt', (h) => behindLink(h, 'kafka')],
  [
    'a dead letter at once, while nobody answers at the registry',
    'premature-dlt',
    (h) => withoutRegistry(h, (event) => void h.divert(event, 'dead-letter')),
  ],
  [
    'the same, and it was killed as often as it may be tried',
    'premature-dlt',
    (h) =>
      withoutRegistry(h, (event) => {
        for (let n = 0; n < 3; n++) h.fault('armed').fault('tookEffect').fault('cleared')
        h.divert(event, 'dead-letter')
      }),
  ],
  [
    'a dead letter after all retries, which the registry has outlasted',
    'held',
    (h) =>
      withoutRegistry(h, (event) => {
        h.divert(event, 0)
        h.divert(event, 1)
        h.divert(event, 'dead-letter')
      }),
  ],
  [
    'tried in place for as long as declared, while the registry fails',
    'held',
    (h) => withoutRegistry(h, (event) => void h.pass(3000).divert(event, 'dead-letter')),
    { consumer: { retry: IN_PLACE } },
  ],
  [
    'given up in place, while the registry fails',
    'premature-dlt',
    (h) => withoutRegistry(h, (event) => void h.pass(1000).divert(event, 'dead-letter')),
    { consumer: { retry: IN_PLACE } },
  ],
  [
    'no retries are declared',
    'held',
    (h) => void h.attempt(h.put('o-1'), true),
    { consumer: { retry: undefined } },
  ],
])
