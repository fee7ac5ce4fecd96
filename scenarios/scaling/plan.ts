import type { ScenarioPlan } from '../../proof/history/plan.ts'
import type { ConsumerDeclaration } from '../consuming/plan.ts'

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

export interface ScalingPlan extends ScenarioPlan {
  readonly kind: 'scaling'
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

export function isScalingPlan(plan: ScenarioPlan): plan is ScalingPlan {
  return plan.kind === 'scaling'
}
