import type { ConsumerHistory, Placed } from '../fixture/builder.ts'
import { type Row, table } from '../fixture/judged.ts'
import { OUTPUTS } from '../fixture/plan.ts'

const plan = { consumer: { outputs: OUTPUTS } }

/** Took effect, and nobody was told. */
function unanswered(h: ConsumerHistory, key: string): Placed {
  const event = h.put(key)
  h.apply(event)
  h.commit(event)
  return event
}

/** Held at the gate, answered, and committed when the gate is open. */
function answeredEarly(h: ConsumerHistory): void {
  const event = h.put('o-1')
  h.gate(event.id, 'closed').waiting(event.id, event.xid)
  h.output(event)
  h.gate(event.id, 'opened')
  h.apply(event)
  h.commit(event)
}

const ROWS: readonly Row[] = [
  ['each event has its output', 'held', (h) => h.handleAll('o-0', 'o-1', 'o-0')],
  [
    'outputs are not declared',
    'held',
    (h) => void unanswered(h, 'o-1'),
    { consumer: { outputs: undefined } },
  ],
  ['an output is published twice', 'held', (h) => void h.output(h.handle('o-1'))],
  [
    'the same said with other spaces',
    'held',
    (h) => {
      const event = h.handle('o-1')
      h.output(event, { value: `{ "amount": ${event.amount}, "orderId": "o-1" }` })
    },
  ],
  [
    'a copy is answered under a new id',
    'non-deterministic-id',
    (h) => {
      const event = h.handle('o-1')
      h.commit(h.copy(event))
      h.output(event, { headers: { eventId: 'new', causationId: event.id } })
    },
  ],
  [
    'one that took effect twice is not asked for one output',
    'held',
    (h) => {
      const event = h.handle('o-1')
      h.apply(h.copy(event), 900)
      h.output(event, { headers: { eventId: 'new', causationId: event.id } })
    },
  ],
  [
    'a second output says something else',
    'divergent-output',
    (h) => {
      const event = h.handle('o-1')
      h.output(event, { value: JSON.stringify({ orderId: 'o-1', amount: event.amount, late: true }) })
    },
  ],
  [
    'a second output has another key',
    'divergent-output',
    (h) => void h.output(h.handle('o-1'), { key: 'o-2' }),
  ],
  [
    'another amount than the one that was committed',
    'divergent-output',
    (h) => {
      const event = unanswered(h, 'o-1')
      h.output(event, { value: JSON.stringify({ orderId: 'o-1', amount: event.amount + 1 }) })
    },
  ],
  [
    'an amount that is not where it should be',
    'unknown',
    (h) => void h.output(unanswered(h, 'o-1'), { value: '{"orderId":"o-1"}' }),
  ],
  [
    'an output without an id',
    'unknown',
    (h) => {
      const event = unanswered(h, 'o-1')
      h.output(event, { headers: { causationId: event.id } })
    },
  ],
  ['an output before the effect is committed', 'divergent-output', answeredEarly],
  [
    'an output after the gate was opened',
    'held',
    (h) => {
      const event = h.put('o-1')
      h.gate(event.id, 'closed').waiting(event.id, event.xid).gate(event.id, 'opened')
      h.apply(event)
      h.commit(event).output(event)
    },
  ],
  [
    'an output of an effect that was rolled back',
    'divergent-output',
    (h) => {
      h.handleAll('o-0', 'o-1')
      h.output(h.put('o-1'))
    },
  ],
  [
    'an output that was never visible',
    'held',
    (h) => {
      const event = h.put('o-1')
      h.output(event, { transactional: true })
      h.apply(event)
      h.commit(event).output(event)
    },
  ],
  [
    'an output that somebody else caused',
    'held',
    (h) => {
      const event = h.handle('o-1')
      h.output(event, { headers: { eventId: 'x', causationId: 'of another topic' } })
    },
  ],
  [
    'no output, and later ones of its key came',
    'lost-output',
    (h) => {
      unanswered(h, 'o-1')
      h.handle('o-1')
      h.pass(2000)
    },
  ],
  [
    'no output, and three later ones came',
    'lost-output',
    (h) => {
      unanswered(h, 'o-9')
      h.handleAll('o-1', 'o-2', 'o-3')
      h.pass(2000)
    },
  ],
  [
    'no output, and those that came are of earlier effects',
    'stalled-output',
    (h) => {
      h.handleAll('o-1', 'o-2', 'o-3')
      unanswered(h, 'o-1')
      h.pass(2000)
    },
  ],
  [
    'no output, and what came later came before the last fault was over',
    'stalled-output',
    (h) => {
      unanswered(h, 'o-1')
      h.handleAll('o-1', 'o-2', 'o-3')
      h.fault('armed').fault('tookEffect').fault('cleared').pass(2000)
    },
  ],
  [
    'no output, and the history ends before the bound',
    'unknown',
    (h) => {
      unanswered(h, 'o-1')
      h.handle('o-1')
    },
  ],
  [
    'no output within a time of its own',
    'lost-output',
    (h) => {
      unanswered(h, 'o-1')
      h.handle('o-1')
      h.pass(200)
    },
    { consumer: { outputs: { ...OUTPUTS, within: 100 } } },
  ],
  [
    'outputs that name no cause',
    'unknown',
    (h) => {
      h.output(unanswered(h, 'o-1'), { headers: { eventId: 'x' } })
      h.pass(2000)
    },
  ],
  [
    'a dead letter is owed no output',
    'held',
    (h) => {
      h.handle('o-0')
      h.refuse(h.put('o-1', { expect: 'dead-letter', failures: -1, retriable: false }))
    },
  ],
]

table(
  'IC6',
  ROWS.map(([what, expected, write, own = plan]) => [what, expected, write, own]),
)
