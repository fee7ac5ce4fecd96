import type { ScenarioPlan } from '../../proof/history/plan.ts'
import type { ConsumerConfig, OutputsConfig, RetryConfig } from './config.ts'

declare module '../../proof/history/plan.ts' {
  interface Traits {
    /** The group is rebalanced. */
    rebalance: true
    /** A member and its successor are at the same event. */
    'two-members': true
    /** The members of the group are restarted one after the other. */
    rolling: true
  }
}

/** What predicates read of a consumer just as the config says it. */
export const AS_DECLARED = [
  'eventId',
  'effects',
  'dedupe',
  'inbox',
  'versions',
  'calls',
  'workers',
  'tracing',
] as const satisfies readonly (keyof ConsumerConfig)[]

/** What the user declares about a consumer, with the names that it has in this scenario; defaults are filled in. */
export interface ConsumerDeclaration
  extends Pick<ConsumerConfig, (typeof AS_DECLARED)[number]>,
    Required<Pick<ConsumerConfig, 'progress' | 'order'>> {
  readonly name: string
  /** Absent in runs of former versions. */
  readonly service?: string
  readonly topic: string
  /** What stands before the names of the config; absent where nothing does, and in runs of former versions. */
  readonly prefix?: string
  readonly group: string
  readonly outputs?: OutputsDeclaration
  readonly retry?: RetryDeclaration
  /** Milliseconds in which a redelivered event must still be recognised; unlimited where undefined. */
  readonly dedupeWithin?: number
}

/** What the service publishes because of what it consumed: one event for each that takes effect. */
export interface OutputsDeclaration extends Omit<OutputsConfig, 'within'> {
  /** Milliseconds for an output to be there after its effect, and after the last fault; else the bound `recovery`. */
  readonly within?: number
}

export interface RetryDeclaration extends Omit<RetryConfig, 'delays' | 'headers'> {
  /** Milliseconds before attempt 2, 3, …: one less than `attempts`. */
  readonly delays: readonly number[]
  /** Names of the headers that a dead letter must carry, each where declared. */
  readonly headers: NonNullable<RetryConfig['headers']>
}

export interface ConsumerPlan extends ScenarioPlan {
  readonly kind: 'consuming'
  readonly consumer: ConsumerDeclaration
  readonly bounds: {
    /** Milliseconds: after all faults are cleared everything is handled within this time. */
    readonly recovery: number
    /** Milliseconds: one failing event delays others by no more than this (RD6). */
    readonly headOfLine: number
    /** Milliseconds by which a retry may start late, beside a quarter of its delay (RD2). */
    readonly late: number
    readonly events: number
    readonly keys: number
  }
}

export function isConsumerPlan(plan: ScenarioPlan): plan is ConsumerPlan {
  return plan.kind === 'consuming'
}
