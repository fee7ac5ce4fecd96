/** Events about what a cluster does with the pods of a subject. */
export interface ClusterKinds {
  /** An object of the cluster as its watch showed it. */
  'k8s.object': {
    readonly resource: string
    readonly name: string
    readonly change: 'added' | 'modified' | 'deleted'
    /** What matters of it, flat: `spec.replicas`, `status.readyReplicas`, `phase`, `condition.Ready`. */
    readonly fields: Readonly<Record<string, string | number | boolean | null>>
  }
  /** An event that a controller published about an object. */
  'k8s.event': {
    readonly reason: string
    readonly object: string
    readonly message: string
    readonly source: string
  }
  /** One look at everything that scaling depends on. */
  'scale.sample': {
    readonly committed: number
    readonly end: number
    readonly lag: number
    /** KEDA's external metric; null where it was not available. */
    readonly metric: number | null
    /** What the autoscaler wants; null where there is none. */
    readonly desired: number | null
    readonly replicas: number
    readonly ready: number
    /** Pods by phase. */
    readonly pods: Readonly<Record<string, number>>
    /** Events on the topic whose effect is not durable yet. */
    readonly inFlight: number
  }
  /** What the linter says of a manifest. */
  lint: {
    readonly rule: string
    readonly severity: 'error' | 'warning'
    readonly file: string
    readonly line: number
    readonly object: string
    readonly found: string
    readonly fix: string
  }
}
