import type { EventOf, HistoryEvent } from '../../proof/history/event.ts'

type Span = EventOf<'span'>

/** The spans of a history, by their traces. */
export class SpanLog {
  readonly #byTrace = new Map<string, Span[]>()
  /** Trace → traces that its spans have links to. */
  readonly #linked = new Map<string, Set<string>>()

  constructor(events: readonly HistoryEvent[]) {
    for (const event of events) {
      if (event.kind !== 'span') continue
      const { traceId, links } = event
      this.#byTrace.set(traceId, [...(this.#byTrace.get(traceId) ?? []), event])
      const linked = this.#linked.get(traceId) ?? new Set()
      this.#linked.set(traceId, linked)
      for (const link of links) linked.add(link.traceId)
    }
  }

  of(traceId: string): readonly Span[] {
    return this.#byTrace.get(traceId) ?? []
  }

  /** Whether a span of the first trace has a link to the second. */
  isLinked(traceId: string, to: string): boolean {
    return this.#linked.get(traceId)?.has(to) ?? false
  }

  /** Whether a span tells of a trace: one of its own, or one with a link to it. */
  tellsOf(traceId: string): boolean {
    return this.#byTrace.has(traceId) || [...this.#linked.values()].some((linked) => linked.has(traceId))
  }
}

/** `seq` of the last end of a process before the evidence ends, whoever ended it; 0 where none did. */
export function lastEndIn(events: readonly HistoryEvent[]): number {
  const drain = events.find((event) => event.kind === 'phase' && event.phase === 'drain')?.seq
  const end = events.findLast(
    (event) =>
      event.kind === 'proc' &&
      (event.event === 'killed' || event.event === 'exited') &&
      event.seq < (drain ?? Number.POSITIVE_INFINITY),
  )
  return end?.seq ?? 0
}
