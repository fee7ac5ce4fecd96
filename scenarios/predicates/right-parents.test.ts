import { describe } from 'node:test'
import type { ConsumerHistory } from '../consuming/fixture/builder.ts'
import { table as consumed } from '../consuming/fixture/judged.ts'
import { OUTPUTS } from '../consuming/fixture/plan.ts'
import { traceparent } from '../fixture/written-history.ts'

/** The context of a trace that nobody began. */
const OTHER = traceparent(99, '01')

describe('of a consumer', () => {
  const tracing = { header: 'traceparent', spans: true } as const
  const plan = { consumer: { outputs: OUTPUTS, tracing } } as const
  const killed = (h: ConsumerHistory) =>
    h.add({ kind: 'proc', service: 'shipping', instance: 0, id: 'process 1', event: 'killed' })
  const ship = (h: ConsumerHistory, change: Parameters<ConsumerHistory['span']>[1] | 'untold' = {}) => {
    const event = h.put('o-1')
    if (change !== 'untold') h.span(event.traceparent, change)
    h.commitRows([h.effectRow(event), h.dedupeRow(event)], event.xid)
    h.commit(event)
    return event
  }
  consumed('TR4', [
    [
      'spans are not declared',
      'held',
      (h) => void ship(h, 'untold'),
      { consumer: { tracing: { header: 'traceparent' } } },
    ],
    ['a span an effect', 'held', (h) => h.handleAll('o-1', 'o-2', 'o-3'), plan],
    [
      'a span with a link',
      'held',
      (h) => {
        const event = ship(h, 'untold')
        const [, traceId = '', spanId = ''] = (event.traceparent ?? '').split('-')
        h.span(OTHER, { parentId: null, links: [{ traceId, spanId }] })
      },
      plan,
    ],
    [
      'a grandchild that comes first',
      'held',
      (h) => {
        const event = ship(h, { parentId: 'f'.repeat(16), spanId: 'd'.repeat(16) })
        h.span(event.traceparent, { spanId: 'f'.repeat(16) })
      },
      plan,
    ],
    ['no span', 'span-missing', (h) => void ship(h, 'untold'), plan],
    ['a parent that nobody has', 'unknown-parent', (h) => void ship(h, { parentId: 'f'.repeat(16) }), plan],
    [
      'its own parent',
      'unknown-parent',
      (h) => void ship(h, { parentId: 'f'.repeat(16), spanId: 'f'.repeat(16) }),
      plan,
    ],
    ['a root in a trace that was begun', 'unknown-parent', (h) => void ship(h, { parentId: null }), plan],
    [
      'an output from a span that is not exported',
      'unknown-parent',
      (h) => {
        const event = h.handle('o-1')
        h.output({ ...event, traceparent: traceparent(1).replace(/-0{15}1-/, `-${'f'.repeat(16)}-`) })
      },
      plan,
    ],
    [
      'what a process that was killed took with it',
      'held',
      (h) => {
        ship(h, 'untold')
        killed(h)
        h.handleAll('o-2')
      },
      plan,
    ],
    [
      'what came after it was killed',
      'span-missing',
      (h) => {
        killed(h)
        ship(h, 'untold')
      },
      plan,
    ],
    [
      'the end of the scenario takes none',
      'span-missing',
      (h) => {
        ship(h, 'untold')
        h.phase('drain')
        killed(h)
      },
      plan,
    ],
  ])
})
