import type { HistoryEvent } from '../history/event.ts'
import type { PublisherView } from '../history/publisher-view.ts'
import type { PublishedRecord } from '../history/topic-log.ts'

/** One way to make a good history bad, to see that its checker is awake. Pure: the history itself is not touched. */
export interface Edit {
  /** The checker that must see it. */
  readonly checker: string
  /** What it does, as an infinitive: "drop every copy of a marked event". */
  readonly says: string
  /** The violations by which it may be named. */
  readonly names: readonly string[]
  /** False where this publisher, as declared, gives the checker nothing to judge. */
  applies(view: PublisherView): boolean
  /** The edited history, or undefined where this one offers no candidate. */
  apply(view: PublisherView): HistoryEvent[] | undefined
}

/** A copy without some events, with some replaced and with some added; in the order of `seq`, which may be a fraction. */
export function edited(
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

/** Without what a witness delivered again: it would stand in for what an edit takes away. */
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

/** Something that is no record takes the place of one, so that no offset is missing. */
export function hole({ record }: PublishedRecord): HistoryEvent {
  const { seq, at, scenario, topic, partition, offset } = record
  return { seq, at, scenario, kind: 'k.control', topic, partition, offset, producerId: -2, outcome: 'abort' }
}

/** The place behind everything that was read of a partition. */
export function endOf(view: PublisherView, partition: number): number {
  return view.records.reduce(
    (end, { record }) => (record.partition === partition ? Math.max(end, record.offset + 1) : end),
    view.coverage.ends.get(partition)?.end ?? 0,
  )
}

/** Every record that was read of an event, also those that are not visible. */
export function copiesOf(view: PublisherView, { expected }: PublishedRecord): number[] {
  return view.records.filter((record) => record.expected === expected).map(({ record }) => record.seq)
}

/** The value with something added that nobody committed. */
export function tampered(value: string | null): string {
  try {
    const parsed: unknown = JSON.parse(value ?? '{}')
    if (typeof parsed === 'string') return JSON.stringify(tampered(parsed))
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
      const inner = ['data', 'payload', 'after'].find(
        (name) => typeof (parsed as Record<string, unknown>)[name] === 'object',
      )
      if (inner === undefined || (parsed as Record<string, unknown>)[inner] === null) {
        return JSON.stringify({ ...parsed, eventproof: 'edited' })
      }
      const within = JSON.parse(tampered(JSON.stringify((parsed as Record<string, unknown>)[inner])))
      return JSON.stringify({ ...parsed, [inner]: within })
    }
  } catch {
    // Not JSON: any other text will do.
  }
  return `${value} edited`
}
