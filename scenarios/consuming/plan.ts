import type { EventIdSource } from '../../proof/history/event-id.ts'
import type { ScenarioPlan } from '../../proof/history/plan.ts'

/** What the user declares about a consumer, with the names that it has in this scenario. */
export interface ConsumerDeclaration {
  readonly name: string
  readonly topic: string
  readonly group: string
  readonly eventId: EventIdSource
  /**
   * The rows that handling an event leaves behind. With `eventId` each effect names its event; without, `amount`
   * does: the load gives every event an amount of its own.
   */
  readonly effects: {
    readonly table: string
    readonly eventId?: string
    readonly key?: string
    readonly amount?: string
    /** Without an id: what each event's amount is added to, in one row a key. */
    readonly sum?: string
    /** A column that must never go down for a key. */
    readonly version?: string
  }
  readonly dedupe?: { readonly table: string; readonly eventId: string }
  /** Where the newest state of each entity is: its version must never go down. */
  readonly versions?: { readonly table: string; readonly key: string; readonly version: string }
  /** The service calls out over HTTP for each event. */
  readonly calls?: { readonly idempotencyKey: string }
  readonly outputs?: OutputsDeclaration
  readonly retry?: RetryDeclaration
  /** 'kafka': group offsets; 'own': positions in the service's own database, nothing committed to Kafka. */
  readonly progress: 'kafka' | 'own'
  readonly order: 'per-key' | 'none'
  /** Members of the group that are meant to be at work at the same time. */
  readonly workers?: number
  /** Milliseconds in which a redelivered event must still be recognised; unlimited where undefined. */
  readonly dedupeWithin?: number
}

/** What the service publishes because of what it consumed: one event for each that takes effect. */
export interface OutputsDeclaration {
  readonly topic: string
  readonly eventId: EventIdSource
  /** Where the id of the event that caused it is. */
  readonly cause: EventIdSource
  /** Path in its value to the amount of the effect. */
  readonly amount?: string
  /** Milliseconds for an output to be there after its effect, and after the last fault; else the bound `recovery`. */
  readonly within?: number
}

export interface RetryDeclaration {
  /** All attempts, the first one included. */
  readonly attempts: number
  /** Milliseconds before attempt 2, 3, …: one less than `attempts`. */
  readonly delays: readonly number[]
  /** Retry topics in order, `[]` where the consumer retries in place. */
  readonly topics: readonly string[]
  readonly deadLetter: string
  /** Names of the headers that a dead letter must carry, each where declared. */
  readonly headers: {
    readonly topic?: string
    readonly partition?: string
    readonly offset?: string
    readonly timestamp?: string
    readonly errorClass?: string
    readonly errorMessage?: string
    readonly attempts?: string
    readonly traceparent?: string
  }
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
