/** Where to find the id of an event in a record. */
export type EventIdSource =
  | { readonly header: string }
  | { readonly cloudEvent: 'id' }
  | { readonly json: string }

/** What the user declares about a publisher, with the names that it has in this scenario. */
export interface PublisherDeclaration {
  readonly name: string
  readonly relay: 'polling' | 'debezium'
  readonly state: { readonly table: string; readonly id: string; readonly amount?: string }
  readonly outbox?: {
    readonly table: string
    readonly id: string
    readonly aggregateId: string
    readonly payload?: string
    readonly eventType?: string
    /** Boolean or timestamp column that the relay sets when the event is on the log. */
    readonly published?: string
    /** Column that is set when the relay gave up on a row, visibly. */
    readonly parked?: string
    readonly traceparent?: string
  }
  readonly topic: string
  /** The broker keeps the last record of each key only, and removes others when it likes. */
  readonly compacted?: true
  readonly eventId: EventIdSource
  /** JSON path of the list, where a record holds several events. */
  readonly events?: string
  /** Header that carries the event type, where one does. */
  readonly eventTypeHeader?: string
  readonly order: 'per-key' | 'none'
  readonly duplicates: 'allowed' | 'never'
  /** What an answer 2xx says of a command; 'committed' where undefined. */
  readonly answers?: 'committed' | 'accepted'
  /** The replication slot of a Debezium connector. */
  readonly slot?: string
}

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

/** What the user declares about a workload that is scaled by lag, with the names that it has in this scenario. */
export interface ScalingDeclaration {
  readonly name: string
  readonly namespace: string
  readonly deployment: string
  readonly scaledObject: string
  readonly consumer: ConsumerDeclaration
  readonly partitions: number
  /** Seconds, as the ScaledObject says. */
  readonly pollingInterval: number
  readonly cooldownPeriod: number
  readonly minReplicas: number
  readonly idleReplicas?: number
  readonly maxReplicas: number
  readonly lagThreshold: number
  readonly activationLagThreshold: number
  readonly allowIdleConsumers: boolean
  /** KEDA is told to count only some of the lag, or to calculate with it: excludePersistentLag and the like. */
  readonly partialLag?: true
}

interface Plan {
  readonly id: string
  readonly title: string
  readonly controls: readonly string[]
  /** Windows to be entered, each `trials` times. Empty for a control run. */
  readonly windows: readonly string[]
  readonly trials: number
  /** Faults and gates that this scenario uses, by name: each must have tookEffect. */
  readonly faults: readonly string[]
  /** Predicates by predicate: OA1, IC1, SZ1, … */
  readonly predicates: readonly string[]
  /** Those of them that the scenario claims, by name. */
  readonly asserted?: readonly string[]
  readonly seed: string
  /** FaultLog that were switched off on purpose (`--disarm`). */
  readonly disarmed: readonly string[]
  /** Keys, events or amounts that the scenario treats apart: the gate's key, the poison's key. */
  readonly marked: readonly string[]
}

export interface PublisherPlan extends Plan {
  readonly publisher: PublisherDeclaration
  readonly bounds: {
    /** Milliseconds: after all faults are cleared everything is published within this time (OA8). */
    readonly recovery: number
    /** Milliseconds: one undeliverable row delays other keys by no more than this (OA8). */
    readonly headOfLine: number
    /** Events and keys that make a load (guard 2). */
    readonly events: number
    readonly keys: number
  }
}

export interface ConsumerPlan extends Plan {
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

export interface ScalingPlan extends Plan {
  readonly scaling: ScalingDeclaration
  readonly bounds: {
    /** Milliseconds from the scale decision to a ready pod. */
    readonly startup: number
    /** Milliseconds from an amount of lag to the replicas that it asks for, where few are added. */
    readonly growth: number
    /** Milliseconds beside pollingInterval and cooldownPeriod until the last pod is gone. */
    readonly grace: number
    /** Milliseconds at rest that are watched before the load. */
    readonly rest: number
    readonly recovery: number
    readonly events: number
  }
}

/** What a scenario set out to do; the property that names its subject tells the kinds apart. */
export type ScenarioPlan = PublisherPlan | ConsumerPlan | ScalingPlan
