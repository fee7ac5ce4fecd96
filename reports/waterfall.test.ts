import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { HistoryEvent, NewEvent } from '../proof/history/event.ts'
import { waterfallOf } from './waterfall.ts'
import { waterfallChart } from './waterfall-chart.ts'

const TRACE = 'a'.repeat(32)
const OTHER = 'b'.repeat(32)
const HOSTILE = '"><script>alert(1)</script>'

const written = (events: readonly NewEvent[]) =>
  events.map((event, seq) => ({ seq, at: seq, scenario: 's', ...event })) as HistoryEvent[]

function span(traceId: string, startedAt: number, change: Partial<Extract<NewEvent, { kind: 'span' }>> = {}) {
  const ids = { traceId, spanId: 'c'.repeat(16), parentId: null, role: 'consumer', links: [] } as const
  const times = { startedAt, endedAt: startedAt + 50 }
  return {
    kind: 'span',
    service: 'payment',
    name: 'pay',
    failed: false,
    ...ids,
    ...times,
    ...change,
  } as const
}

function record(topic: string, timestamp: number, traceId = TRACE): NewEvent {
  const headers = { traceparent: `00-${traceId}-${'d'.repeat(16)}-01` }
  const place = { topic, partition: 0, offset: 7, timestamp, key: 'k', value: 'v', valueBytes: 1 }
  const producer = { producerId: 1, producerEpoch: 0, sequence: 0, transactional: false }
  return { kind: 'k.record', ...place, headers, ...producer }
}

describe('a waterfall', () => {
  it('is that of the trace of which there is most to tell, in the order of time', () => {
    const events = written([
      record('s01.payments-retry-0', 1060),
      span(TRACE, 1010, { failed: true }),
      record('s01.payments', 1000),
      span(TRACE, 2100),
      span(OTHER, 1000),
    ])
    const waterfall = waterfallOf(events, 'traceparent')
    assert.equal(waterfall?.traceId, TRACE)
    assert.deepEqual(waterfall.happenings, [
      { says: 'record', by: 'payments/0@7', how: 'record', from: 0, to: 0 },
      { says: 'pay', by: 'payment', how: 'failed', from: 10, to: 60 },
      { says: 'record', by: 'payments-retry-0/0@7', how: 'record', from: 60, to: 60 },
      { says: 'pay', by: 'payment', how: 'span', from: 1100, to: 1150 },
    ])
  })

  it('is not told where no span was exported', () => {
    assert.equal(waterfallOf(written([record('s01.payments', 1000)]), 'traceparent'), undefined)
  })

  it('has a bound, and nothing in it is active', () => {
    const spans = Array.from({ length: 100 }, (_, n) => span(TRACE, n, { service: HOSTILE, name: HOSTILE }))
    const waterfall = waterfallOf(written(spans), 'traceparent')
    assert.equal(waterfall?.happenings.length, 12)
    const { markup } = waterfallChart(waterfall, HOSTILE)
    assert.doesNotMatch(markup, /<script/)
    assert.ok(markup.length < 6_000)
  })
})
