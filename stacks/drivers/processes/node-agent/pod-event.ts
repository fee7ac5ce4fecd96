/** What happens to the pods of a node, for a run's history. */
export interface PodEvent {
  /**
   * `started`, `ready`, `unready`, `exited` and `killed` are of one process of a container; `refused` of a container
   * that is not started; `ending` (it was deleted) and `gone` of the pod.
   */
  readonly event: 'started' | 'ready' | 'unready' | 'exited' | 'killed' | 'refused' | 'ending' | 'gone'
  readonly at: Date
  readonly namespace: string
  readonly pod: string
  readonly uid: string
  readonly container?: string
  readonly pid?: number
  /** Starts after the first. */
  readonly restarts?: number
  /** How it exited: one of both. */
  readonly code?: number | null
  readonly signal?: NodeJS.Signals | null
  /** Why it was refused, or ended by us. */
  readonly reason?: string
}
