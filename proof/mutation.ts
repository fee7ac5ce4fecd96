import type { HistoryEvent } from './history/event.ts'

/** One way to make a good history bad, to see that its predicate is awake. Pure: the history itself is not touched. */
export interface Mutation<View> {
  /** What it does, as an infinitive: "drop every copy of a marked event". */
  readonly says: string
  /** The violations by which it may be found, where not each of the predicate's will do. */
  readonly names?: readonly string[]
  /** What to change in the config where it is not found all the same: an imperative. */
  readonly unseen?: string
  /** False where this subject, as declared, gives the predicate nothing to judge. Always, where it is left out. */
  applies?(view: View): boolean
  /** The mutated history, or undefined where this one offers no candidate. */
  apply(view: View): HistoryEvent[] | undefined
}

/** A copy without some events, with some replaced and with some added; in the order of `seq`, which may be a fraction. */
export function mutated(
  events: readonly HistoryEvent[],
  change: {
    readonly without?: readonly number[]
    readonly replaced?: readonly HistoryEvent[]
    readonly added?: readonly HistoryEvent[]
  },
): HistoryEvent[] {
  const without = new Set(change.without)
  const replaced = new Map((change.replaced ?? []).map((event) => [event.seq, event]))
  const result = once(events)
    .filter(({ seq }) => !without.has(seq))
    .map((event) => replaced.get(event.seq) ?? event)
  return change.added === undefined ? result : [...result, ...change.added].sort((a, b) => a.seq - b.seq)
}

/** Without what an observer delivered again: it would stand in for what a mutation takes away. */
function once(events: readonly HistoryEvent[]): HistoryEvent[] {
  const seen = new Set<string>()
  return events.filter((event) => {
    if (event.kind !== 'pg.tx' && event.kind !== 'k.record') return true
    const fact =
      event.kind === 'pg.tx' ? `${event.commitLsn}` : `${event.topic}/${event.partition}@${event.offset}`
    if (seen.has(fact)) return false
    seen.add(fact)
    return true
  })
}
