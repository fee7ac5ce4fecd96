import type { ScenarioPlan } from '../../proof/history/plan.ts'
import type { PublisherConfig } from './config.ts'

declare module '../../proof/history/plan.ts' {
  interface Traits {
    /** The subject may have no need of what is taken away: it then just goes on, and nothing has to be made good. */
    'may-pass-by': true
  }
}

/** What predicates read of a publisher just as the config says it. */
export const AS_DECLARED = [
  'state',
  'outbox',
  'eventId',
  'events',
  'eventTypeHeader',
  'answers',
  'tracing',
  'registry',
  'controls',
] as const satisfies readonly (keyof PublisherConfig)[]

/** What the user declares about a publisher, with the names that it has in this scenario; defaults are filled in. */
export interface PublisherDeclaration
  extends Pick<PublisherConfig, (typeof AS_DECLARED)[number]>,
    Required<Pick<PublisherConfig, 'order' | 'duplicates'>> {
  readonly name: string
  readonly relay: 'polling' | 'debezium'
  readonly topic: string
  /** Absent in runs of former versions, as the next one. */
  readonly service?: string
  /** Requests that it takes: `PUT /orders/{key}`. */
  readonly takes?: readonly string[]
  /** The broker keeps the last record of each key only, and removes others when it likes. */
  readonly compacted?: true
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
