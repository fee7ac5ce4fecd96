import type { OutboxTables } from '../../proof/gates/outbox-tables.ts'
import type { EventIdSource } from '../../proof/history/event-id.ts'
import type { ScenarioPlan } from '../../proof/history/plan.ts'

/** What the user declares about a publisher, with the names that it has in this scenario. */
export interface PublisherDeclaration extends OutboxTables {
  readonly name: string
  readonly relay: 'polling' | 'debezium'
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

export interface PublisherPlan extends ScenarioPlan {
  readonly kind: 'publishing'
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

export function isPublisherPlan(plan: ScenarioPlan): plan is PublisherPlan {
  return plan.kind === 'publishing'
}
