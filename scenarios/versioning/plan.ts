import type { ScenarioPlan } from '../../proof/history/plan.ts'
import type { Level } from '../../schemas/level.ts'

/** What the user declares of a topic's schemas, with the name that its subject has in this scenario. */
export interface VersionedDeclaration {
  readonly name: string
  /** Undefined where it is named by a record that only the registry knows. */
  readonly subject: string
  readonly topic: string
  readonly level?: Level
  /** Its own service registers them; else we do, from files. */
  readonly registeredBy?: string
}

export interface VersioningPlan extends ScenarioPlan {
  readonly kind: 'versioning'
  readonly schemas: VersionedDeclaration
}

export function isVersioningPlan(plan: ScenarioPlan): plan is VersioningPlan {
  return plan.kind === 'versioning'
}
