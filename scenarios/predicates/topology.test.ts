import { describe } from 'node:test'
import { table as consumed } from '../consuming/fixture/judged.ts'
import { producing } from '../consuming/fixture/producing.ts'
import { envelope } from '../fixture/written-history.ts'
import type { HistoryBuilder } from '../publishing/fixture/builder.ts'
import { table as published } from '../publishing/fixture/judged.ts'

const reads = (topic: string) =>
  ({ kind: 'fact', name: 'topic.read', subject: topic, value: 'orders' }) as const

describe('of a publisher', () => {
  published('TP1', [
    ['no client was watched', 'held', (h) => void h.order('o-0')],
    [
      'a name without the prefix',
      'held',
      (h) => void h.client(),
      { topics: { writes: ['s01.order-events'], reads: [] } },
    ],
    ['its topic', 'held', (h) => void h.client()],
    [
      'a topic beside',
      'undeclared-topic-written',
      (h) => void h.client({ topics: ['order-events', 'audit'] }),
    ],
    ['a topic of the platform', 'held', (h) => void h.client({ topics: ['__debezium-heartbeat.cdc'] })],
    ['it reads its own topic', 'undeclared-topic-read', (h) => void h.add(reads('order-events'))],
  ])

  const event = (h: HistoryBuilder, source: string, type: string) => {
    const order = h.invoke('o-0')
    h.publish(order, { headers: { ...envelope(order.id, source), ce_type: type } })
  }
  published('TP2', [
    [
      'nothing says whose an event is',
      'held',
      (h) => void h.publish(h.order('o-0'), { headers: { eventId: 'x' } }),
    ],
    ['one domain', 'held', (h) => h.orders('o-0', 'o-1')],
    [
      'several types of one domain',
      'held',
      (h) => {
        event(h, '/orders', 'placed')
        event(h, '/orders', 'changed')
      },
    ],
    [
      'another domain',
      'two-domains-on-topic',
      (h) => {
        event(h, '/orders', 'placed')
        event(h, '/customers', 'moved')
      },
    ],
  ])
})

describe('of a consumer', () => {
  consumed('TP1', [
    ['retries and dead letters', 'held', (h) => producing(h)],
    ['a reply topic', 'undeclared-topic-written', (h) => producing(h, { topics: ['replies'] })],
    ['its topic', 'held', (h) => void h.add(reads('orders'))],
    ['another team’s topic', 'undeclared-topic-read', (h) => void h.add(reads('customers'))],
  ])
  const OUTPUTS = {
    topic: 'shipped',
    eventId: { header: 'eventId' },
    cause: { header: 'causationId' },
  } as const
  consumed('TP2', [
    [
      'retries and dead letters are no second topic',
      'held',
      (h) => h.fail(h.put('o-1', { expect: 'dead-letter', failures: -1 })),
    ],
    [
      'what it consumed is published again as it was',
      'type-on-two-topics',
      (h) => void h.output(h.put('o-1'), { headers: { causationId: 'event-1', ...envelope('x') } }),
      { consumer: { outputs: OUTPUTS } },
    ],
    [
      'what it publishes is its own',
      'held',
      (h) =>
        void h.output(h.put('o-1'), { headers: { causationId: 'event-1', ...envelope('x', '/shipping') } }),
      { consumer: { outputs: OUTPUTS } },
    ],
  ])
})
