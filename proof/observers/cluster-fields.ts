type Value = string | number | boolean | null
export type ClusterFields = Readonly<Record<string, Value>>

/** As much of any Kubernetes object as is read here. */
export interface AnyObject {
  readonly metadata?: { readonly name?: string; readonly deletionTimestamp?: unknown }
  readonly spec?: object
  readonly status?: object
}

interface Condition {
  readonly type: string
  readonly status: string
  readonly reason?: string
  readonly message?: string
}

interface Container {
  readonly restartCount?: number
  readonly state?: { readonly waiting?: { readonly reason?: string; readonly message?: string } }
  readonly lastState?: { readonly terminated?: { readonly exitCode?: number; readonly message?: string } }
}

/** What of each kind tells something about scaling. */
const NUMBERS: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec.replicas', 'status.replicas', 'status.readyReplicas', 'status.updatedReplicas'],
  ReplicaSet: ['spec.replicas', 'status.replicas', 'status.readyReplicas'],
  HorizontalPodAutoscaler: [
    'spec.minReplicas',
    'spec.maxReplicas',
    'status.currentReplicas',
    'status.desiredReplicas',
  ],
  ScaledObject: [
    'spec.pollingInterval',
    'spec.cooldownPeriod',
    'spec.minReplicaCount',
    'spec.maxReplicaCount',
  ],
  Pod: [],
}

/**
 * What matters of an object, flat: numbers by their path, conditions as `condition.Ready` with KEDA's or Kubernetes'
 * own words as `reason.Ready` and `message.Ready` where they are not well; of ScaledObjects when KEDA last saw work
 * (`lastActiveTime`, whole seconds); of pods also `phase`, `waiting`, `restarts`,
 * and how the last process ended (`ended`), with the last line that it wrote.
 */
export function clusterFields(kind: string, object: AnyObject): ClusterFields {
  const status = (object.status ?? {}) as Readonly<Record<string, unknown>>
  const conditions = (status.conditions ?? []) as readonly Condition[]
  return {
    ...Object.fromEntries((NUMBERS[kind] ?? []).map((path) => [path, numberAt(object, path)])),
    ...(kind === 'Pod' ? podFields(object, status) : {}),
    ...(typeof status.lastActiveTime === 'string' ? { lastActiveTime: status.lastActiveTime } : {}),
    ...Object.fromEntries(conditions.flatMap((condition) => conditionFields(kind, condition))),
  }
}

function podFields({ metadata }: AnyObject, status: Readonly<Record<string, unknown>>): ClusterFields {
  const containers = (status.containerStatuses ?? []) as readonly Container[]
  const waits = containers.find(({ state }) => state?.waiting !== undefined)
  const waiting = waits?.state?.waiting
  const ended = waits?.lastState?.terminated
  return {
    phase: String(status.phase ?? 'Pending'),
    ending: metadata?.deletionTimestamp !== undefined,
    restarts: containers.reduce((sum, { restartCount = 0 }) => sum + restartCount, 0),
    ...(waiting?.reason ? { waiting: waiting.reason } : {}),
    ...(waiting?.message ? { message: waiting.message } : {}),
    ...(ended ? { ended: howItEnded(ended) } : {}),
  }
}

/** Of a last line of a log so much is told. */
const LINE = 200

function howItEnded({ exitCode, message = '' }: { readonly exitCode?: number; readonly message?: string }) {
  const words = message.trimEnd().split('\n').at(-1)?.trim().slice(0, LINE)
  return `exit code ${exitCode ?? '?'}${words ? `: ${words}` : ''}`
}

function conditionFields(kind: string, { type, status, reason, message }: Condition): [string, Value][] {
  // Of others the status says enough; a scaler's and an autoscaler's words are why nothing happens.
  const telling = kind === 'ScaledObject' || kind === 'HorizontalPodAutoscaler'
  const well = status === 'True' || type === 'Active' || type === 'Fallback' || type === 'Paused'
  return [
    [`condition.${type}`, status],
    ...(telling && !well && reason ? [[`reason.${type}`, reason] as [string, Value]] : []),
    ...(telling && !well && message ? [[`message.${type}`, message] as [string, Value]] : []),
  ]
}

/** 0 where there is nothing: Kubernetes leaves out a count that is zero. */
function numberAt(object: AnyObject, path: string): number {
  let at: unknown = object
  for (const name of path.split('.')) at = (at as Readonly<Record<string, unknown>> | undefined)?.[name]
  return typeof at === 'number' ? at : 0
}
