import type { ConsumerHistory, Placed } from '../fixture/builder.ts'
import { table } from '../fixture/judged.ts'

const FAILS = { expect: 'dead-letter', failures: -1 } as const

/** A dead letter comes again, placed by the harness or by the service itself. */
function again(
  h: ConsumerHistory,
  expect: 'effect' | 'dead-letter' | 'unknown',
  then: (e: Placed) => void,
): void {
  const event = h.put('o-1', FAILS)
  h.fail(event)
  const redriven =
    expect === 'unknown' ? { ...event, offset: h.record('orders', event).offset } : h.copy(event, { expect })
  then(redriven)
}

table('RD9', [
  ['nothing is redriven', 'held', (h) => h.fail(h.put('o-1', FAILS))],
  ['it takes effect', 'held', (h) => again(h, 'effect', (e) => void [h.apply(e), h.commit(e)])],
  ['it is a dead letter again', 'replay-dead-on-arrival', (h) => again(h, 'effect', (e) => h.refuse(e))],
  ['it is passed over', 'replay-dead-on-arrival', (h) => again(h, 'effect', (e) => h.commit(e))],
  ['it is still waiting', 'held', (h) => again(h, 'effect', () => {})],
  ['its cause is still there', 'held', (h) => again(h, 'dead-letter', (e) => h.fail(e))],
  ['placed by the service, and tried again', 'held', (h) => again(h, 'unknown', (e) => h.fail(e))],
  [
    'placed by the service, and dead without a try',
    'replay-dead-on-arrival',
    (h) => again(h, 'unknown', (e) => void h.divert(e, 'dead-letter')),
  ],
])
