import { withFulfillment } from './fulfillment-twin.ts'
import { type TwinEntry, withOrders, withRelay } from './twin.ts'

/**
 * Services that are built in a way that costs later, and keep their promises: nothing is violated, and the anti-pattern
 * must be found. On one partition too little happens side by side for anything to be proven. Where a broken twin is built so, its own entry says it.
 */
export const ANTI_PATTERNS: readonly TwinEntry[] = [
  {
    name: 'asks-for-answers',
    mutant: 'A1',
    control: 'P3',
    expected: 'HELD',
    antiPattern: 'everything-as-events',
    says: 'sends questions: each record says where its answer is waited for',
    relay: 'polling',
    windows: ['control'],
    config: withRelay('asks-for-answers'),
  },
  {
    name: 'row-as-event',
    mutant: 'A2',
    control: 'P3',
    expected: 'HELD',
    antiPattern: 'exposed-schema',
    says: 'publishes the row of its table, column by column',
    relay: 'polling',
    windows: ['control'],
    config: withOrders('row-as-event'),
  },
  {
    name: 'one-partition',
    mutant: 'A3',
    control: 'P3',
    expected: 'VACUOUS',
    antiPattern: 'order-over-reliance',
    says: 'puts all orders on one partition, so that all are in one order',
    relay: 'polling',
    windows: ['control'],
    config: withRelay('one-partition'),
  },
  {
    name: 'event-for-each-field',
    mutant: 'A4',
    control: 'P3',
    expected: 'HELD',
    antiPattern: 'chatty-events',
    says: 'publishes an event for each field of an order',
    relay: 'polling',
    windows: ['control'],
    config: withOrders('event-for-each-field'),
  },
  {
    name: 'carries-everything',
    mutant: 'A5',
    control: 'P3',
    expected: 'HELD',
    antiPattern: 'fat-events',
    says: 'puts 70 KB into each event',
    relay: 'polling',
    windows: ['control'],
    config: withOrders('carries-everything'),
  },
  {
    name: 'orders-again',
    mutant: 'A6',
    control: 'C1',
    expected: 'HELD',
    antiPattern: 'way-back',
    says: 'places one more order because of the first, on the topic that it reads orders from',
    windows: ['W13'],
    config: withFulfillment('orders-again'),
  },
]
