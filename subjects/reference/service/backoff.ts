/** Growing pauses between attempts that fail. */
export interface Backoff {
  /** Milliseconds to wait before the next attempt. */
  next(): number
  /** Call it when an attempt succeeded. */
  reset(): void
}

/** 100 ms, doubled up to 1 s: a service that waits long after a long outage makes the outage longer. */
export function backoff({ first = 100, most = 1000 }: { first?: number; most?: number } = {}): Backoff {
  let pause = first
  return {
    next() {
      const current = pause
      pause = Math.min(pause * 2, most)
      return current
    },
    reset() {
      pause = first
    },
  }
}
