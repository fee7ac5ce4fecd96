import type { Written } from './yaml-text.ts'

/** An object that is created before the ScaledObject. */
export interface Created {
  /** Of its kind in its namespace. */
  readonly path: string
  readonly name: string
  readonly yaml: string
}

/** A manifest that was drawn, for the linter as one text and for the cluster in parts. */
export interface GeneratedCase {
  readonly namespace: string
  readonly name: string
  readonly others: readonly Created[]
  readonly scaledObject: Omit<Created, 'name'>
  readonly text: string
  /** What was done to it on purpose. */
  readonly faults: readonly string[]
}

/** Fields as they are drawn; a fault changes them. */
export type Fields = { [key: string]: Written | undefined }

export interface DrawnTrigger {
  type: Written
  name?: Written | undefined
  metricType?: Written | undefined
  useCachedMetrics?: Written | undefined
  authenticationRef?: Written | undefined
  metadata: Fields
  /** Parameters that its TriggerAuthentication gives. */
  auth?: Record<string, string>
  /** Pod identity that its TriggerAuthentication names. */
  identity?: string
  /** Fields that no trigger has. */
  more?: Fields
}
