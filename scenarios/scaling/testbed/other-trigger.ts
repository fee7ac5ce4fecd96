import type { GroupProgress } from '../../../proof/observers/group-progress.ts'
import type { Stack } from '../../../stacks/stack.ts'
import type { ScalingDeclaration, ScalingPlan } from '../plan.ts'
import { MetricServer } from './metric-server.ts'

/** By what a workload is scaled: by the trigger of its manifest, or by another one in its place. */
export type ScaledBy = 'lag' | 'metric' | 'clock'

export interface OtherTrigger {
  /** In the place of the ScaledObject's own. */
  readonly triggers: readonly object[]
  /** When the clock wakes it; milliseconds since 1970. */
  readonly wakesAt?: number
}

/** Seconds for which the clock keeps it up: cron's own grain. */
export const SHIFT = 60
const MINUTE = 60_000
/** Milliseconds for what is no waiting: the objects are applied, KEDA asks its trigger for the first time, events are put. */
const SET_UP = 25_000

/** A Prometheus of ours tells the same lag, with the same thresholds. */
export async function byMetric(
  { lagThreshold, activationLagThreshold }: ScalingDeclaration,
  stack: Stack,
  progress: GroupProgress,
  parts: AsyncDisposableStack,
): Promise<OtherTrigger> {
  const listener = parts.use(await stack.listener())
  const server = parts.use(await MetricServer.open(listener, async () => (await progress.lag()).lag))
  const metadata = {
    serverAddress: server.url('cluster'),
    query: 'sum(kafka_consumergroup_lag)',
    threshold: String(lagThreshold),
    activationThreshold: String(activationLagThreshold),
  }
  return { triggers: [{ type: 'prometheus', metadata }] }
}

/** Milliseconds until the clock may wake it: the rest is watched, then exactly as many events as may wait do so for two polls. */
export function beforeClock({ scaling, bounds }: ScalingPlan): number {
  return SET_UP + bounds.rest + 2000 * scaling.pollingInterval
}

/**
 * One replica for a minute, from the first full minute on that leaves time for what comes before.
 * @param now milliseconds since 1970
 * @param before milliseconds that are needed until then
 */
export function byClock(now: number, before: number): OtherTrigger & { readonly wakesAt: number } {
  const wakesAt = Math.ceil((now + before) / MINUTE) * MINUTE
  const metadata = {
    timezone: 'UTC',
    start: daily(wakesAt),
    end: daily(wakesAt + SHIFT * 1000),
    desiredReplicas: '1',
  }
  return { triggers: [{ type: 'cron', metadata }], wakesAt }
}

/** `30 14 * * *`: at this minute of each day. */
function daily(at: number): string {
  const date = new Date(at)
  return `${date.getUTCMinutes()} ${date.getUTCHours()} * * *`
}
