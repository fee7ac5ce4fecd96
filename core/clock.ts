/** Time, injected so that tests can hold it still. */
export interface Clock {
  /** Milliseconds since this clock was made; never runs backwards. Durations use this one. */
  monotonic(): number
  /** Wall clock, for display and for comparing with timestamps of other systems. */
  now(): Date
}

export function systemClock(): Clock {
  const start = performance.now()
  return { monotonic: () => performance.now() - start, now: () => new Date() }
}
