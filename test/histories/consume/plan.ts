import type {
  ConsumerDeclaration,
  ConsumerPlan,
  OutputsDeclaration,
  RetryDeclaration,
} from '../../../proof/history/plan.ts'

export const RETRY: RetryDeclaration = {
  attempts: 3,
  delays: [1000, 2000],
  topics: ['orders-retry-0', 'orders-retry-1'],
  deadLetter: 'orders-dlt',
  headers: { topic: 'from-topic', partition: 'from-partition', offset: 'from-offset', errorClass: 'error' },
}

/** The same policy without topics of its own: the record stays where it is until it succeeds or is given up. */
export const IN_PLACE: RetryDeclaration = { ...RETRY, topics: [] }

/** For consumers that publish what they have done. */
export const OUTPUTS: OutputsDeclaration = {
  topic: 'shipped',
  eventId: { header: 'eventId' },
  cause: { header: 'causationId' },
  amount: '$.amount',
}

export const CONSUMER: ConsumerDeclaration = {
  name: 'shipping',
  topic: 'orders',
  group: 'shipping-group',
  eventId: { header: 'eventId' },
  effects: { table: 'shipments', eventId: 'event_id', key: 'order_id', amount: 'amount', version: 'version' },
  dedupe: { table: 'processed', eventId: 'event_id' },
  calls: { idempotencyKey: 'Idempotency-Key' },
  retry: RETRY,
  progress: 'kafka',
  order: 'per-key',
}

export const PLAN: ConsumerPlan = {
  id: 'w14',
  title: 'before the effect is committed',
  controls: ['C1'],
  consumer: CONSUMER,
  windows: ['W14'],
  trials: 1,
  faults: ['kill'],
  checkers: [],
  bounds: { recovery: 1000, headOfLine: 500, late: 100, events: 3, keys: 2 },
  seed: '1',
  disarmed: [],
  marked: [],
}

export type PlanChange = Partial<Omit<ConsumerPlan, 'consumer' | 'bounds'>> & {
  readonly consumer?: { readonly [F in keyof ConsumerDeclaration]?: ConsumerDeclaration[F] | undefined }
  readonly bounds?: Partial<ConsumerPlan['bounds']>
}
