import type { ScalingDeclaration, ScalingPlan } from '../../../proof/history/plan.ts'

export const SCALING: ScalingDeclaration = {
  name: 'order-consumer',
  namespace: 'default',
  deployment: 'order-fulfillment',
  scaledObject: 'order-fulfillment',
  consumer: {
    name: 'fulfillment',
    topic: 'order-events',
    group: 'order-fulfillment-group',
    eventId: { header: 'eventId' },
    effects: { table: 'shipments', eventId: 'event_id' },
    progress: 'kafka',
    order: 'per-key',
  },
  partitions: 4,
  pollingInterval: 1,
  cooldownPeriod: 5,
  minReplicas: 0,
  maxReplicas: 20,
  lagThreshold: 50,
  activationLagThreshold: 5,
  allowIdleConsumers: false,
}

export const PLAN: ScalingPlan = {
  id: 'scale-from-zero',
  title: 'from zero and back',
  controls: ['O1'],
  scaling: SCALING,
  windows: [],
  trials: 1,
  faults: [],
  checkers: ['SZ1', 'SZ2', 'SZ3', 'SZ4', 'SZ5', 'SZ6', 'SZ7', 'SZ8'],
  bounds: { startup: 3000, growth: 5000, grace: 2000, rest: 7000, recovery: 10_000, events: 120 },
  seed: '1',
  disarmed: [],
  marked: [],
}

export type PlanChange = Partial<Omit<ScalingPlan, 'scaling' | 'bounds'>> & {
  readonly scaling?: Partial<ScalingDeclaration>
  readonly bounds?: Partial<ScalingPlan['bounds']>
}
