import type { LintContext } from './context.ts'
import type { Position } from './field.ts'
import type { Refusal, Severity } from './finding.ts'
import type { Manifests } from './manifests.ts'
import type { ScaledObject } from './scaled-object.ts'

/** Everything that a rule may look at beside the ScaledObject that it judges. */
export interface Scope {
  readonly manifests: Manifests
  readonly scaledObjects: readonly ScaledObject[]
  readonly context: LintContext
}

export interface Complaint {
  readonly severity: Severity
  readonly at: Position
  readonly found: string
  readonly why: string
  readonly fix: string
  /** Only where it is sure: the test against KEDA itself holds it to this. */
  readonly refusedBy?: Refusal
}

/** What docs/lint.md says of a rule. */
export interface RuleText {
  /** What it finds, in half a line. */
  readonly finds: string
  /** What KEDA, or Kubernetes, does with it. */
  readonly keda: string
  /** Where that is written: file and function of KEDA's sources, if it is KEDA that does it. */
  readonly source: string
  /** What to write in its place. */
  readonly write: string
  /** Row of the catalogue of scaling failures in docs/lint.md. */
  readonly failure?: string
}

/** One thing that can be wrong with a ScaledObject. A rule that lacks its facts says nothing. */
export interface Rule {
  readonly name: string
  readonly text: RuleText
  check(object: ScaledObject, scope: Scope): Iterable<Complaint>
}
