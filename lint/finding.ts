/** `error`: it will go wrong, or KEDA refuses it. `warning`: it goes wrong under a condition that is named. */
export type Severity = 'error' | 'warning'

/**
 * Who refuses the object: the API server by the resource definition, KEDA's admission webhook, KEDA's scaler when it
 * parses its trigger, or Kubernetes when KEDA makes the autoscaler. After each of them nothing is scaled.
 */
export type Refusal = 'api-server' | 'webhook' | 'scaler' | 'autoscaler'

/** One thing that is wrong in a manifest, where it is written, and what to write instead. */
export interface LintFinding {
  /** Name of the rule, a row in docs/lint.md. */
  readonly rule: string
  readonly severity: Severity
  /** As it was given to the linter; `-` is standard input. */
  readonly file: string
  /** From 1. Where a field is missing: the line of what should hold it. */
  readonly line: number
  /** From 1. */
  readonly column: number
  /** `namespace/name` of the ScaledObject; empty where the file could not be read that far. */
  readonly object: string
  readonly found: string
  readonly why: string
  readonly fix: string
  /** Absent: it is taken, and goes wrong later. */
  readonly refusedBy?: Refusal
}
