import { describe } from 'node:test'
import type { ConsumerHistory } from '../consuming/fixture/builder.ts'
import { table as consumed } from '../consuming/fixture/judged.ts'
import { OUTPUTS } from '../consuming/fixture/plan.ts'
import { traceparent } from '../fixture/written-history.ts'
import type { HistoryBuilder } from '../publishing/fixture/builder.ts'
import { table as published } from '../publishing/fixture/judged.ts'

/** The context of a trace that nobody began. */
const OTHER = traceparent(99, '01')

describe('of a publisher', () => {
  const outbox = {
    table: 'outbox',
    id: 'id',
    aggregateId: 'aggregate_id',
    payload: 'payload',
    published: 'published',
    traceparent: 'traceparent',
  } as const
  const plan = { publisher: { outbox } } as const
  /** The record of one order carries this. */
  const carrying =
    (...values: readonly [last: string | null, ...earlier: string[]]) =>
    (h: HistoryBuilder) => {
      const [last, ...earlier] = values
      const order = h.invoke('o-0')
      h.commitOrder(order)
      h.publish(order, {
        headers: { eventId: order.id, ...(last === null ? {} : { traceparent: last }) },
        ...(earlier.length === 0
          ? {}
          : { earlier: earlier.map((value) => ({ name: 'traceparent', value })) }),
      })
    }
  const own = traceparent(1)

  published('TR1', [
    ['each hop copies the context', 'held', (h) => h.orders('o-0', 'o-1', 'o-2'), plan],
    ['a copy after a crash', 'held', (h) => void h.publish(h.order('o-0')), plan],
    ['a hop sends a span of its own', 'held', carrying(`${own.slice(0, 36)}${'c'.repeat(16)}-01`), plan],
    ['a record without', 'trace-cut', carrying(null), plan],
    [
      'a row without',
      'trace-cut',
      (h) => {
        const order = h.invoke('o-0')
        h.commit([h.stateRow(order), h.outboxRow(order, { traceparent: null })], order.xid)
        h.publish(order)
      },
      plan,
    ],
    [
      'a copy without',
      'trace-cut',
      (h) => void h.publish(h.order('o-0'), { headers: { eventId: 'event-1' } }),
      plan,
    ],
    ['a trace of its own', 'trace-begun-anew', carrying(OTHER), plan],
    ['the trace of another order', 'trace-begun-anew', carrying(traceparent(2)), plan],
    [
      'what others write has no origin',
      'held',
      (h) => {
        const stray = { ...h.order('o-0'), amount: 7, id: 'theirs', payload: '{}', xid: 900 }
        h.commit([h.outboxRow({ ...stray, traceparent: '' })], 900)
        h.publish({ ...stray, traceparent: '' })
      },
      plan,
    ],
  ])

  published('TR2', [
    ['each carries one', 'held', (h) => h.orders('o-0', 'o-1'), plan],
    ['one carries none', 'held', carrying(null), plan],
    ['two, though they are the same', 'two-trace-contexts', carrying(own, own), plan],
    [
      'two, in another case',
      'two-trace-contexts',
      (h) => {
        const order = h.order('o-0')
        h.publish(order, { headers: { eventId: order.id, traceparent: own, Traceparent: own } })
      },
      plan,
    ],
    ['capitals', 'invalid-trace-context', carrying(traceparent(10).toUpperCase()), plan],
    ['an empty one', 'invalid-trace-context', carrying(''), plan],
  ])

  published('TR3', [
    ['each hop keeps the flag', 'held', (h) => h.orders('o-0', 'o-1', 'o-2'), plan],
    [
      'one that was sampled out is sampled',
      'sampled-out-flag-lost',
      (h) => {
        h.orders('o-0', 'o-1')
        const order = h.invoke('o-2')
        h.commitOrder(order)
        h.publish(order, { headers: { eventId: order.id, traceparent: traceparent(3, '01') } })
      },
      plan,
    ],
    ['one that was sampled is not', 'sampled-flag-lost', carrying(traceparent(1, '00')), plan],
    ['another flag beside it', 'held', carrying(traceparent(1, '03')), plan],
  ])
})

describe('of a consumer', () => {
  const tracing = { header: 'traceparent', spans: true } as const
  const plan = { consumer: { outputs: OUTPUTS, tracing } } as const
  const bare = (id: string) => ({ headers: { eventId: id } })
  const first = (h: ConsumerHistory) => {
    const event = h.put('o-1', { expect: 'dead-letter', failures: -1, retriable: false })
    return { ...event, h }
  }

  consumed('TR1', [
    [
      'tracing is not declared',
      'held',
      (h) => h.handleAll('o-1', 'o-2'),
      { consumer: { tracing: undefined } },
    ],
    ['outputs and calls', 'held', (h) => void h.call(h.handle('o-1')), plan],
    [
      'through retries to a dead letter',
      'held',
      (h) => h.fail(h.put('o-1', { expect: 'dead-letter', failures: -1 })),
      plan,
    ],
    ['a retry without', 'trace-cut', (h) => void h.divert(first(h), 0, bare('event-1')), plan],
    [
      'a dead letter without',
      'trace-cut',
      (h) => void h.divert(first(h), 'dead-letter', bare('event-1')),
      plan,
    ],
    ['a redrive without', 'trace-cut', (h) => void h.record('orders', first(h), bare('event-1')), plan],
    [
      'a redrive with it, written down as a copy',
      'held',
      (h) => {
        const event = first(h)
        h.refuse(event)
        h.copy(event)
      },
      plan,
    ],
    [
      'a redrive without it, written down as a copy',
      'trace-cut',
      (h) => {
        const event = first(h)
        const { partition, offset } = h.record('orders', event, bare('event-1'))
        const { id, key, amount, version, traceparent = '' } = event
        const placed = { event: id, key, amount, version, copy: 2, topic: 'orders', partition, offset }
        h.add({ kind: 'input', ...placed, traceparent, expect: 'effect', failures: 0, retriable: true })
      },
      plan,
    ],
    [
      'what is put aside without',
      'trace-cut',
      (h) => void h.record('orders-parking-lot', first(h), bare('event-1')),
      plan,
    ],
    [
      'an output in a trace of its own',
      'trace-begun-anew',
      (h) => {
        const event = h.put('o-1')
        h.apply(event)
        h.output({ ...event, traceparent: OTHER })
      },
      plan,
    ],
    [
      'a call in a trace of its own',
      'trace-begun-anew',
      (h) => void h.call({ ...h.put('o-1'), traceparent: OTHER }),
      plan,
    ],
  ])
  consumed('TR3', [
    [
      'a dead letter is sampled and its event was not',
      'sampled-out-flag-lost',
      (h) => {
        h.handleAll('o-1', 'o-2')
        const event = first(h)
        h.divert({ ...event, traceparent: traceparent(3, '01') }, 'dead-letter')
      },
      plan,
    ],
  ])

  consumed('TR1', [
    [
      'an output of a batch, in a trace with links',
      'held',
      (h) => {
        const event = h.put('o-1')
        const [, traceId = '', spanId = ''] = (event.traceparent ?? '').split('-')
        h.span(OTHER, { parentId: null, links: [{ traceId, spanId }] })
        h.apply(event)
        h.output({ ...event, traceparent: OTHER })
      },
      plan,
    ],
    ...(['before', 'after'] as const).map(
      (when) =>
        [
          `an output in a trace of which nothing is known, begun ${when} a process was killed`,
          when === 'before' ? 'held' : 'trace-begun-anew',
          (h: ConsumerHistory) => {
            const end = { kind: 'proc', service: 'shipping', instance: 0, id: 'process 1' } as const
            if (when === 'after') h.add({ ...end, event: 'killed' })
            const event = h.put('o-1')
            h.apply(event)
            h.output({ ...event, traceparent: OTHER })
            if (when === 'before') h.add({ ...end, event: 'killed' })
          },
          plan,
        ] as const,
    ),
  ])
  consumed('TR3', [
    [
      'a span of a trace that is not sampled',
      'sampled-out-exported',
      (h) => {
        h.handleAll('o-1', 'o-2', 'o-3')
        h.span(traceparent(3, '01'))
      },
      plan,
    ],
  ])
})
