import type { LintContext } from './context.ts'
import type { Position } from './field.ts'
import type { Severity } from './finding.ts'
import type { Manifest } from './manifest.ts'
import type { ScaledObject } from './scaled-object.ts'

/** Everything that a rule may look at beside the ScaledObject that it judges. */
export interface Scope {
  /** All objects of all files given. */
  readonly manifests: readonly Manifest[]
  readonly scaledObjects: readonly ScaledObject[]
  readonly context: LintContext
}

export interface Complaint {
  readonly severity: Severity
  readonly at: Position
  readonly found: string
  readonly why: string
  readonly fix: string
}

/** One thing that can be wrong with a ScaledObject. A rule that lacks its facts says nothing. */
export interface Rule {
  readonly name: string
  check(object: ScaledObject, scope: Scope): Iterable<Complaint>
}
