import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '../../../../core/clock.ts'
import type { NodeApi } from './node-api.ts'
import { aborted } from './termination.ts'

/** A kubelet's: renewed every 10 s, dead after 40 s. */
const SECONDS = 40
const EVERY = 10_000
/** Milliseconds after a renewal that failed. */
const RETRY = 1000

export interface NodeLeaseOptions {
  readonly api: NodeApi
  readonly node: string
  readonly clock: Clock
  readonly trouble: (error: unknown) => void
  readonly signal: AbortSignal
}

/** Renews the node's lease until the signal aborts; resolves then. Never rejects. */
export async function keepLease({ api, node, clock, trouble, signal }: NodeLeaseOptions): Promise<void> {
  // A server that hangs must not keep us from leaving.
  const over = aborted(signal).then(() => 0)
  while (!signal.aborted) {
    const renewal = api.renewLease(node, SECONDS, clock.now()).then(
      () => EVERY,
      (error) => {
        if (!signal.aborted) trouble(error)
        return RETRY
      },
    )
    const wait = await Promise.race([renewal, over])
    await pause(wait, undefined, { signal, ref: false }).catch(() => {})
  }
}
