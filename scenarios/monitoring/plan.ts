import type { ScenarioPlan } from '../../proof/history/plan.ts'
import type { MonitoringConfig } from './config.ts'

declare module '../../proof/history/plan.ts' {
  interface Traits {
    /** The alert must fire and clear. */
    'alert-drill': true
  }
}

/** What the user declares about a consumer whose lag is watched, with the names that it has in this scenario. */
export interface MonitoringDeclaration extends Pick<MonitoringConfig, 'metric' | 'labels'> {
  readonly name: string
  /** Services. */
  readonly monitor: string
  readonly consumer: string
  readonly topic: string
  readonly group: string
  /** Where somebody is told: the alert's name, and how many events may wait unheard. */
  readonly alert?: { readonly name: string; readonly above: number }
}

export interface MonitoringPlan extends ScenarioPlan {
  readonly kind: 'monitoring'
  readonly monitoring: MonitoringDeclaration
  readonly bounds: {
    /** Milliseconds: what the monitor says may be so old. */
    readonly refresh: number
    /** Milliseconds without an answer after which a monitor is silent. */
    readonly silence: number
    /** Milliseconds from too many events to the alert. */
    readonly fires: number
    /** Milliseconds from none that waits to its end. */
    readonly clears: number
    readonly recovery: number
    /** Milliseconds without a fault in which an alert without a cause would have come. */
    readonly quiet: number
    readonly events: number
  }
}

export function isMonitoringPlan(plan: ScenarioPlan): plan is MonitoringPlan {
  return plan.kind === 'monitoring'
}
