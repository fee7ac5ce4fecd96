import type { ScenarioPlan } from '../../proof/history/plan.ts'

declare module '../../proof/history/plan.ts' {
  interface Traits {
    /** Alerts must fire and clear. */
    'alert-drill': true
  }
}

/** Something that waits and is watched, with the names that it has in this scenario. */
export interface BacklogDeclaration {
  /** The field of the config: `lag`, `outbox`. */
  readonly of: string
  /** What is said of it behind a number: "events wait on order-events". */
  readonly says: string
  /** In what it is told; `seconds` are an age, which our own looks know no better than they are apart. */
  readonly unit: 'events' | 'letters' | 'rows' | 'seconds' | 'bytes'
  readonly metric: string
  /** Labels, and the values that they have where a sample is about it. */
  readonly labels: Readonly<Record<string, string>>
  /** The label that tells its parts apart; without it the metric is a sum. */
  readonly part?: string
  /** By so much what is reported may be off, in its unit. */
  readonly error: number
  /** Where somebody is told. */
  readonly alert?: AlertDeclaration
}

export interface AlertDeclaration {
  readonly name: string
  /** So much may wait unheard. */
  readonly above: number
  /** No more than that is as good as nothing: the alert must end. */
  readonly rest: number
  /** Milliseconds from too much to the alert. */
  readonly fires: number
  /** Milliseconds from as good as nothing to its end. */
  readonly clears: number
}

/** What the user declares about a monitor and what it watches. */
export interface MonitoringDeclaration {
  readonly name: string
  /** A service. */
  readonly monitor: string
  /** Services that work off what is watched; none where that is nobody of ours. */
  readonly workers: readonly string[]
  /** Where a consumer's lag is watched: its topic and group. */
  readonly consumed?: { readonly topic: string; readonly group: string }
  readonly backlogs: readonly BacklogDeclaration[]
}

export interface MonitoringPlan extends ScenarioPlan {
  readonly kind: 'monitoring'
  readonly monitoring: MonitoringDeclaration
  readonly bounds: {
    /** Milliseconds: what the monitor says may be so old. */
    readonly refresh: number
    /** Milliseconds without an answer after which a monitor is silent. */
    readonly silence: number
    readonly recovery: number
    /** Milliseconds without a fault in which an alert without a cause would have come. */
    readonly quiet: number
    /** So many events, or commands, come without a fault. */
    readonly events: number
  }
}

export function isMonitoringPlan(plan: ScenarioPlan): plan is MonitoringPlan {
  return plan.kind === 'monitoring'
}
