/** How long a container that ended waits before it is started again; milliseconds. */
export interface BackOff {
  readonly first: number
  readonly longest: number
}

/** A kubelet's: 10 s, doubled at each restart, never above 5 min. */
export const KUBELET_BACK_OFF: BackOff = { first: 10_000, longest: 300_000 }

/**
 * Milliseconds before the next start of a container that ended for the nth time in a row (from 1). The first one
 * is at once.
 */
export function backOff({ first, longest }: BackOff, ends: number): number {
  return ends <= 1 ? 0 : Math.min(first * 2 ** (ends - 2), longest)
}

/** A container that ran this long has recovered: its next end counts as the first one. */
export function recovered({ longest }: BackOff, ran: number): boolean {
  return ran >= 2 * longest
}

export type RestartPolicy = 'Always' | 'OnFailure' | 'Never'

export function restarts(policy: RestartPolicy, exitCode: number): boolean {
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0)
}
