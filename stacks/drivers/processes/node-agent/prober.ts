import { setTimeout as pause } from 'node:timers/promises'
import type { V1Probe } from '@kubernetes/client-node'
import { counted, NOTHING_COUNTED } from './probe-count.ts'

/** One look; must settle when the signal aborts. */
export type Look = (signal: AbortSignal) => Promise<boolean>

/** Between two looks of a probe that has not passed yet; milliseconds. */
const EAGER = 200

export interface ProberOptions {
  readonly probe: V1Probe
  readonly look: Look
  /** Told whenever the verdict turns. */
  readonly turned: (passing: boolean) => void
  /**
   * Looks more often than the period until it passes for the first time, which Kubernetes allows for readiness; for
   * probes whose failures are held against the container it would shorten their budget.
   */
  readonly eager?: boolean
  readonly signal: AbortSignal
}

/** Looks once a period until the signal aborts; resolves then. Never rejects. */
export async function watchProbe({ probe, look, turned, eager, signal }: ProberOptions): Promise<void> {
  const period = 1000 * (probe.periodSeconds ?? 10)
  let count = NOTHING_COUNTED
  let passedOnce = false
  await rest(1000 * (probe.initialDelaySeconds ?? 0), signal)
  while (!signal.aborted) {
    const timely = AbortSignal.any([signal, AbortSignal.timeout(1000 * (probe.timeoutSeconds ?? 1))])
    const passed = await look(timely).catch(() => false)
    if (signal.aborted) return
    const next = counted(count, passed, probe)
    if (next.verdict !== undefined && next.verdict !== count.verdict) turned(next.verdict)
    count = next
    passedOnce ||= passed
    await rest(eager && !passedOnce ? Math.min(period, EAGER) : period, signal)
  }
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds > 0) await pause(milliseconds, undefined, { signal }).catch(() => {})
}
