export interface TimeSpan {
  readonly from: number
  readonly to: number
}

/** How much of the time between two moments lies in at least one of the spans; in their unit. */
export function timeCovered(spans: readonly TimeSpan[], { from, to }: TimeSpan): number {
  let covered = 0
  let reached = from
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const begin = Math.max(reached, span.from)
    const end = Math.min(to, span.to)
    if (end <= begin) continue
    covered += end - begin
    reached = end
  }
  return covered
}
