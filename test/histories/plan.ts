import type { PublisherDeclaration, PublisherPlan } from '../../proof/history/plan.ts'

export const PUBLISHER: PublisherDeclaration = {
  name: 'orders',
  relay: 'polling',
  state: { table: 'orders', id: 'id', amount: 'amount' },
  outbox: {
    table: 'outbox',
    id: 'id',
    aggregateId: 'aggregate_id',
    payload: 'payload',
    published: 'published',
    parked: 'parked',
  },
  topic: 'order-events',
  eventId: { header: 'eventId' },
  order: 'per-key',
  duplicates: 'allowed',
}

export const PLAN: PublisherPlan = {
  id: 'w5',
  title: 'published, not marked',
  controls: ['P1'],
  publisher: PUBLISHER,
  windows: ['W5'],
  trials: 1,
  faults: ['kill-relay'],
  checkers: ['OA1', 'OA2', 'OA3', 'OA4', 'OA5', 'OA6', 'OA7', 'OA8', 'OR1', 'OR2', 'PC1', 'PC2', 'PS1'],
  bounds: { recovery: 1000, headOfLine: 500, events: 3, keys: 2 },
  seed: '1',
  disarmed: [],
  marked: [],
}

export type PlanChange = Partial<Omit<PublisherPlan, 'publisher' | 'bounds'>> & {
  readonly publisher?: Partial<PublisherDeclaration>
  readonly bounds?: Partial<PublisherPlan['bounds']>
}
